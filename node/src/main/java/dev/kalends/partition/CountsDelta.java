package dev.kalends.partition;

import dev.kalends.job.JobPhase;
import dev.kalends.job.RunState;
import dev.kalends.journal.Counts;
import dev.kalends.journal.KeyedState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps the tenants' counters while a batch is decided; the ones that changed are written once a batch. */
final class CountsDelta {
    private final KeyedState committed;
    private final Map<String, long[]> countsByTenant = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    private static final int DEAD = 7;
    private static final int ONE_OFFS_DECIDED = 8;

    CountsDelta(KeyedState committed) {
        this.committed = committed;
    }

    void job(String tenant, JobPhase phase, int by) {
        add(
                tenant,
                switch (phase) {
                    case SCHEDULED -> 0;
                    case PAUSED -> 1;
                    case FINISHED -> 2;
                    case CANCELLED -> 3;
                },
                by);
    }

    /** Counts open runs; terminal states are not counted here. */
    void run(String tenant, RunState state, int by) {
        switch (state) {
            case READY -> add(tenant, 4, by);
            case LEASED -> add(tenant, 5, by);
            case RETRYING -> add(tenant, 6, by);
            case SUCCEEDED, DEAD, CANCELLED, SKIPPED, MISSED -> {}
        }
    }

    void dead(String tenant, int by) {
        add(tenant, DEAD, by);
    }

    void oneOffsDecided(String tenant, int by) {
        add(tenant, ONE_OFFS_DECIDED, by);
    }

    Counts of(String tenant) {
        return counts(tenant, load(tenant));
    }

    void drain(Consumer<Counts> sink) {
        for (String tenant : changed) {
            sink.accept(of(tenant));
        }
        changed.clear();
    }

    private void add(String tenant, int index, int by) {
        load(tenant)[index] += by;
        changed.add(tenant);
    }

    private long[] load(String tenant) {
        return countsByTenant.computeIfAbsent(tenant, name -> {
            Counts counts = committed.counts(name);
            return new long[] {
                counts.scheduled(),
                counts.paused(),
                counts.finished(),
                counts.cancelled(),
                counts.ready(),
                counts.running(),
                counts.retrying(),
                counts.dead(),
                counts.oneOffsDecided()
            };
        });
    }

    private static Counts counts(String tenant, long[] n) {
        return new Counts(tenant, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[DEAD], n[ONE_OFFS_DECIDED]);
    }
}
