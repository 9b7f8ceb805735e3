package dev.kalends.node;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.Pause;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pauses the one-offs of a restored partition that still wait though they are due: they may have run since. */
final class HeldOneOffs {
    private static final int HELD_A_BATCH = 1_000;
    private static final String HELD = "restored from a backup: it may have run since";
    private static final long DAY_MS = 86_400_000L;

    private final Store store;
    private final int partition;
    private final long nowMs;

    HeldOneOffs(Store store, int partition, long nowMs) {
        this.store = store;
        this.partition = partition;
        this.nowMs = nowMs;
    }

    /** Goes through the day slots up to now; returns how many it paused. */
    long hold() {
        long held = 0;
        for (int day = 0; day <= nowMs / DAY_MS; day++) {
            long sequence = store.nextSequence(day) == 0 ? -1 : 0;
            while (sequence >= 0) {
                List<JobId> waiting = new ArrayList<>();
                sequence = store.audit(day, sequence, HELD_A_BATCH, waiting::add);
                held += pause(waiting);
            }
        }
        return held;
    }

    private long pause(List<JobId> waiting) {
        List<Change> changes = new ArrayList<>();
        Map<String, Long> heldByTenant = new HashMap<>();
        for (JobId id : waiting) {
            Optional<JobSpec> spec = store.spec(id);
            if (spec.isPresent()
                    && spec.get().schedule() instanceof Schedule.Once once
                    && spec.get().dueMs(once.atMs()) <= nowMs) {
                Optional<NextFire> next =
                        Optional.of(new NextFire(once.atMs(), spec.get().dueMs(once.atMs())));
                JobState state = JobState.accepted(id, spec.get().acceptedMs(), next)
                        .pausedBy(new Pause(Pause.By.JOB, nowMs, Optional.empty(), Optional.of(HELD)), nowMs);
                changes.add(new Change.PutState(state.decided(once.atMs(), 1, next)));
                heldByTenant.merge(spec.get().tenant(), 1L, Long::sum);
            }
        }
        if (changes.isEmpty()) {
            return 0;
        }
        long held = changes.size();
        heldByTenant.forEach((tenant, count) -> changes.add(new Change.PutCounts(paused(store.counts(tenant), count))));
        store.apply(new Batch(partition, store.head().epoch(), nowMs, changes), store.position() + 1);
        return held;
    }

    private static Counts paused(Counts counts, long count) {
        return new Counts(
                counts.tenant(),
                counts.scheduled() - count,
                counts.paused() + count,
                counts.finished(),
                counts.cancelled(),
                counts.ready(),
                counts.running(),
                counts.retrying(),
                counts.dead(),
                counts.oneOffsDecided() + count);
    }
}
