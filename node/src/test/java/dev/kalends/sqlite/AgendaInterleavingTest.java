package dev.kalends.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobState;
import dev.kalends.job.RunId;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import dev.kalends.testing.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the order of submits, cascades, fires, forgotten entries, clock jumps and crashes: a job that waits is in
 * the agenda or still ahead of the cascade, and a passed slot's audit finds exactly what still waits.
 */
final class AgendaInterleavingTest {
    private static final int STEPS = 400;
    private static final long HOUR_MS = 3_600_000;

    private final Path file;
    private final Map<JobId, Long> dueByWaiting = new HashMap<>();
    private final NavigableMap<Integer, Long> nextByDay = new TreeMap<>();
    private SqliteStore store;
    private Random random = new Random(0);
    private long nowMs = Samples.T0 + 5 * HOUR_MS;

    AgendaInterleavingTest(@TempDir Path directory) {
        file = directory.resolve("partition.db");
        SqliteStore.create(file, Samples.PARTITION);
        store = open();
    }

    private SqliteStore open() {
        return SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noWaitingJobIsLost(long seed) {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            step();
            check("seed=" + seed + " step=" + step);
        }
        nowMs += 40 * Samples.DAY_MS;
        check("seed=" + seed + " at the end");
        fire();
        assertEquals(Map.of(), dueByWaiting, "seed=" + seed);
        store.close();
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> submit();
            case 3 -> nowMs += random.nextInt(20) * HOUR_MS / 4;
            case 4 -> nowMs += random.nextInt(120_000);
            case 5 -> nowMs -= random.nextInt(2) * HOUR_MS;
            case 6 -> store.cascade(nowMs, 1 + random.nextInt(5));
            case 7, 8 -> fire();
            default -> crash();
        }
    }

    /** A few one-offs in one commit: far, near, this very moment, or long past on a clock that went back. */
    private void submit() {
        List<Change> changes = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            long dueMs = nowMs
                    + switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> random.nextInt(60_000);
                        case 2 -> random.nextInt(30) * HOUR_MS;
                        default -> random.nextInt(20) * Samples.DAY_MS;
                    };
            int day = (int) (dueMs / Samples.DAY_MS) + (random.nextInt(20) == 0 ? 1 : 0);
            long sequence = nextByDay.merge(day, 1L, Long::sum) - 1;
            JobId id = JobId.of(Samples.PARTITION, day, sequence);
            changes.add(new Change.PutSpec(StoreSetup.small(id, dueMs, 5), dueMs));
            changes.add(new Change.PutSlot(day, sequence + 1));
            dueByWaiting.put(id, dueMs);
        }
        StoreSetup.apply(store, changes);
    }

    /** What the partition does with the agenda: decides what is due, says so, applies. */
    private void fire() {
        cascadeAll();
        List<Change> changes = new ArrayList<>();
        Set<JobId> seen = new HashSet<>();
        for (JobId id : due(0, nowMs + 1)) {
            if (dueByWaiting.containsKey(id) && seen.add(id)) {
                dueByWaiting.remove(id);
                changes.add(
                        random.nextInt(3) == 0
                                ? new Change.PutRun(Samples.ready(id, nowMs))
                                : new Change.PutState(JobState.accepted(id, nowMs, Optional.empty())
                                        .over(JobPhase.FINISHED, nowMs)));
            }
        }
        store.forgetDue(nowMs);
        StoreSetup.apply(store, changes);
    }

    private void crash() {
        store.close();
        store = open();
    }

    private void check(String when) {
        cascadeAll();
        Set<JobId> agenda = new HashSet<>(due(0, nowMs + Samples.DAY_MS));
        Set<JobId> expected = new HashSet<>();
        dueByWaiting.forEach((id, dueMs) -> {
            if (dueMs < nowMs + Samples.DAY_MS) {
                expected.add(id);
            }
        });
        Set<JobId> lost = new HashSet<>(expected);
        lost.removeAll(agenda);
        assertEquals(Set.of(), lost, when + " now=" + nowMs);
        int day = nextByDay.isEmpty() ? Samples.DAY : nextByDay.firstKey() + random.nextInt(10);
        Set<JobId> waiting = new HashSet<>();
        long from = 0;
        while (from >= 0) {
            from = store.audit(day, from, 1 + random.nextInt(4), waiting::add);
        }
        Set<JobId> slot = new HashSet<>(dueByWaiting.keySet());
        slot.removeIf(id -> id.day() != day);
        assertEquals(slot, waiting, when + " day=" + day);
    }

    private void cascadeAll() {
        boolean more = true;
        while (more) {
            more = store.cascade(nowMs, 3);
        }
    }

    private List<JobId> due(long fromMs, long toMs) {
        List<JobId> jobs = new ArrayList<>();
        store.due(fromMs, toMs, new Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                jobs.add(job);
            }

            @Override
            public void run(long dueMs, RunId run) {
                throw new AssertionError("no run retries here; run=" + run);
            }
        });
        return jobs;
    }
}
