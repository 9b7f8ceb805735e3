package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.named;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.Backfill;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.JobState;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A store that keeps pauses, what they hold back, and backfills. */
public interface PauseContract extends StoreHarness {
    private static PauseOrder order(Optional<String> tenant) {
        return new PauseOrder(tenant, T0, Optional.of(T0 + 9), Optional.of("moving"), Optional.empty());
    }

    private static JobState held(JobId job, Pause.By by) {
        Pause why = new Pause(by, T0, Optional.empty(), Optional.of("moving"));
        return Samples.next(job, T0 + 60_000).pausedBy(why, T0);
    }

    @Test
    default void keepsPausesOverAReopening() {
        assertEquals(List.of(), store().pauses());
        PauseOrder all = order(Optional.empty());
        PauseOrder acme = order(Optional.of("acme"));
        apply(new Change.PutPause(acme), new Change.PutPause(all));
        assertEquals(List.of(all, acme), reopened().pauses());
        assertEquals(List.of(all, acme), reader().pauses());
        PauseOrder ending = acme.resumed(T0 + 5, Optional.of(CatchUp.ALL));
        apply(new Change.PutPause(ending), new Change.RemovePause(Optional.empty()));
        assertEquals(List.of(ending), reopened().pauses());
    }

    @Test
    default void findsWhatAPauseHolds() {
        apply(
                new Change.PutSpec(named(repeating(1), "a"), -1),
                new Change.PutSpec(named(repeating(2), "b"), -1),
                new Change.PutSpec(named(repeating(3), "c"), -1),
                new Change.PutState(held(repeating(1), Pause.By.EVERYTHING)),
                new Change.PutState(held(repeating(2), Pause.By.TENANT)),
                new Change.PutState(held(repeating(3), Pause.By.JOB)));
        Store store = reopened();
        assertEquals(List.of(repeating(1)), store.heldBy(Optional.empty(), 10));
        assertEquals(List.of(repeating(2)), store.heldBy(Optional.of("default"), 10));
        assertEquals(List.of(), store.heldBy(Optional.of("acme"), 10));
        apply(new Change.PutState(held(repeating(1), Pause.By.EVERYTHING).resumed(T0, Optional.empty())));
        apply(new Change.PutState(held(repeating(2), Pause.By.JOB)));
        assertEquals(List.of(), store().heldBy(Optional.empty(), 10));
        assertEquals(List.of(), store().heldBy(Optional.of("default"), 10), "its own pause took the place");
    }

    @Test
    default void whatAPauseHoldsComesInPortions() {
        for (int i = 1; i <= 5; i++) {
            apply(
                    new Change.PutSpec(named(repeating(i), "job" + i), -1),
                    new Change.PutState(held(repeating(i), Pause.By.EVERYTHING)));
        }
        assertEquals(List.of(repeating(1), repeating(2)), store().heldBy(Optional.empty(), 2));
    }

    @Test
    default void wakesAPausedJobWhenItsPauseEndsOrItsOneOffComesDue() {
        Pause ends = new Pause(Pause.By.JOB, T0, Optional.of(T0 + 5_000), Optional.empty());
        apply(
                new Change.PutState(Samples.next(repeating(1), T0 + 60_000).pausedBy(ends, T0)),
                new Change.PutState(held(repeating(2), Pause.By.JOB)),
                new Change.PutState(held(oneOff(3), Pause.By.JOB)));
        List<String> woken = new ArrayList<>();
        store().due(T0, T0 + 120_000, new Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                woken.add((dueMs - T0) + " " + job);
            }

            @Override
            public void run(long dueMs, dev.kalends.job.RunId run) {
                woken.add("run " + run);
            }
        });
        woken.sort(null);
        assertEquals(List.of("5000 " + repeating(1), "60000 " + oneOff(3)), woken);
    }

    @Test
    default void keepsBackfillsOverAReopening() {
        Backfill first = new Backfill(repeating(1), 1, 1, T0, T0 + 99, 0, 50, 5);
        Backfill second = new Backfill(repeating(1), 2, 3, T0, T0 + 99, 7, 50, 5);
        apply(new Change.PutBackfill(second), new Change.PutBackfill(first));
        assertEquals(List.of(first, second), reopened().backfills());
        apply(new Change.PutBackfill(first.advanced(T0 + 9, 4)), new Change.RemoveBackfill(repeating(1), 2));
        assertEquals(List.of(first.advanced(T0 + 9, 4)), reopened().backfills());
        assertEquals(List.of(first.advanced(T0 + 9, 4)), reader().backfills());
    }
}
