package dev.kalends.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Policy;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.function.Executable;

/** What the tests of this package do to a store again and again. */
final class StoreSetup {
    private StoreSetup() {}

    /** Applies changes at the next position. */
    static void apply(Store store, Change... changes) {
        apply(store, List.of(changes));
    }

    static void apply(Store store, List<Change> changes) {
        store.apply(new Batch(Samples.PARTITION, 1, Samples.T0, changes), store.position() + 1);
    }

    /** Accepts one-offs of the day of {@link Samples#T0}, one a second, with so many characters to do. */
    static void accept(Store store, int from, int count, int characters) {
        List<Change> changes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            long dueMs = Samples.T0 + (i % 86_400) * 1_000L;
            changes.add(new Change.PutSpec(small(Samples.oneOff(i), dueMs, characters), dueMs));
        }
        changes.add(new Change.PutSlot(Samples.DAY, from + count));
        apply(store, changes);
    }

    static JobSpec small(JobId id, long dueMs, int characters) {
        Work work = new Work.Command(
                List.of("x".repeat(characters)), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
        JobName name = new JobName(JobName.DEFAULT_TENANT, Optional.empty(), Optional.empty());
        return new JobSpec(
                id, 1, name, new Schedule.Once(dueMs), Window.OPEN, work, Policy.DEFAULT, Map.of(), Samples.T0);
    }

    /** Runs what must fail, with a message that says what to do. */
    static StoreException fails(StoreException.Kind kind, String advice, Executable work) {
        StoreException failure = assertThrows(StoreException.class, work);
        assertEquals(kind, failure.kind(), failure.toString());
        assertTrue(String.valueOf(failure.getMessage()).contains(advice), failure.toString());
        return failure;
    }
}
