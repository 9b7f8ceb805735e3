package dev.kalends.testing;

import static dev.kalends.testing.Samples.DAY;
import static dev.kalends.testing.Samples.DAY_MS;
import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.once;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.ready;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What wakes a partition: the agenda, its filling from day slots, and the audit of slots that have passed. */
public interface AgendaContract extends StoreHarness {
    /** Applies within which what was forgotten must be gone. */
    int FORGET_WITHIN_APPLIES = 64;

    /** Agenda entries of a stretch, as {@code +offset:id}. */
    default Set<String> due(long fromMs, long toMs) {
        Set<String> entries = new TreeSet<>();
        store().due(fromMs, toMs, new Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                entries.add("+" + (dueMs - T0) + ":" + job);
            }

            @Override
            public void run(long dueMs, RunId run) {
                entries.add("+" + (dueMs - T0) + ":" + run);
            }
        });
        return entries;
    }

    default void cascadeAll(long nowMs) {
        int calls = 0;
        while (store().cascade(nowMs, 1_000)) {
            assertTrue(calls++ < 100, "the cascade does not end");
        }
    }

    private void oneOffAt(long sequence, long dueMs) {
        JobId id = JobId.of(Samples.PARTITION, (int) (dueMs / DAY_MS), sequence);
        apply(new Change.PutSpec(once(id, dueMs), dueMs));
    }

    @Test
    default void nextFiresAndRetriesStandInTheAgenda() {
        Run retry = Samples.retrying(repeating(2), T0, T0 + 700);
        apply(
                new Change.PutState(Samples.next(repeating(1), T0 + 500)),
                new Change.PutRun(retry),
                new Change.PutRun(ready(repeating(3), T0 + 600)));
        assertEquals(Set.of("+500:" + repeating(1), "+700:" + retry.id()), due(T0, T0 + 1_000));
        assertEquals(Set.of("+500:" + repeating(1)), due(T0 + 500, T0 + 700));
        assertEquals(Set.of(), due(T0 + 501, T0 + 700));
        assertEquals(Set.of(), due(T0 + 700, T0 + 700));
        reopened();
        assertEquals(2, due(T0, T0 + 1_000).size());
    }

    @Test
    default void farNextFiresStandThereToo() {
        apply(new Change.PutState(Samples.next(repeating(1), T0 + 900 * DAY_MS + 5)));
        assertEquals(Set.of("+" + (900 * DAY_MS + 5) + ":" + repeating(1)), due(T0 + 900 * DAY_MS, T0 + 901 * DAY_MS));
    }

    @Test
    default void aMovedFireStandsWhereItMoved() {
        apply(new Change.PutState(Samples.next(repeating(1), T0 + 500)));
        apply(new Change.PutState(Samples.next(repeating(1), T0 + 90_000)));
        assertEquals(Set.of("+90000:" + repeating(1)), due(T0 + 60_000, T0 + 120_000));
    }

    @Test
    default void oneOffsComeByCascadeFromADayAhead() {
        oneOffAt(0, T0 + 5);
        oneOffAt(0, T0 + DAY_MS + 7);
        oneOffAt(0, T0 + 3 * DAY_MS);
        cascadeAll(T0);
        assertTrue(due(T0, T0 + DAY_MS).contains("+5:" + oneOff(0)));
        cascadeAll(T0 + 1);
        assertEquals(1, due(T0 + DAY_MS, T0 + 2 * DAY_MS).size());
        cascadeAll(T0 + 2 * DAY_MS + 1);
        assertEquals(3, due(T0, T0 + 10 * DAY_MS).size());
    }

    @Test
    default void oneOffsOfADayThatWasCascadedAreNotForgotten() {
        oneOffAt(0, T0 + 5_000);
        cascadeAll(T0);
        oneOffAt(1, T0 + 4_000);
        cascadeAll(T0);
        assertEquals(Set.of("+4000:" + oneOff(1), "+5000:" + oneOff(0)), due(T0, T0 + 10_000));
    }

    @Test
    default void aOneOffThatWasCancelledComesDueToo() {
        long farMs = T0 + 5 * DAY_MS;
        oneOffAt(3, farMs);
        JobId job = JobId.of(Samples.PARTITION, (int) (farMs / DAY_MS), 3);
        apply(new Change.PutState(Samples.next(job, farMs).over(JobPhase.CANCELLED, T0)));
        cascadeAll(farMs - DAY_MS + 1);
        assertEquals(1, due(farMs, farMs + 1).size(), "whoever fires gives it its verdict");
    }

    @Test
    default void whatIsDueBeforeTheSlotThatIsBeingCopiedIsThere() {
        for (int i = 0; i < 12; i++) {
            oneOffAt(i, T0 + i / 4 * DAY_MS + i);
        }
        long nowMs = T0 + 2 * DAY_MS;
        boolean more = true;
        while (more) {
            more = store().cascade(nowMs, 1);
            long copiedMs = Math.min(store().copiedBeforeMs(), T0 + 3 * DAY_MS);
            int expected = 0;
            for (int i = 0; i < 12; i++) {
                expected += T0 + i / 4 * DAY_MS + i < copiedMs ? 1 : 0;
            }
            int found = copiedMs < T0 ? 0 : due(T0, copiedMs).size();
            assertEquals(expected, found, "copied before " + copiedMs);
        }
        oneOffAt(20, T0 + DAY_MS + 20);
        assertTrue(store().copiedBeforeMs() < T0 + DAY_MS
                || due(T0, T0 + 2 * DAY_MS).size() == 9);
    }

    @Test
    default void aCascadeIsBoundedAndGoesOn() {
        for (int i = 0; i < 25; i++) {
            oneOffAt(i, T0 + i * 60_000L);
        }
        int calls = 1;
        while (store().cascade(T0, 10)) {
            calls++;
            if (calls == 2) {
                reopened();
            }
            assertTrue(calls < 50, "the cascade does not end");
        }
        assertTrue(calls >= 3, "calls=" + calls);
        assertEquals(25, due(T0, T0 + DAY_MS).size());
        assertFalse(store().cascade(T0, 10));
    }

    @Test
    default void streamsMinutesInOrder() {
        for (int i = 0; i < 50; i++) {
            oneOffAt(i, T0 + (i * 37L % 50) * 30_000);
            apply(new Change.PutState(Samples.next(repeating(i), T0 + (i * 13L % 50) * 30_000 + 1)));
        }
        cascadeAll(T0);
        List<Long> minutes = new ArrayList<>();
        store().due(T0, T0 + DAY_MS, new Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                minutes.add(dueMs / 60_000);
            }

            @Override
            public void run(long dueMs, RunId run) {
                minutes.add(dueMs / 60_000);
            }
        });
        assertEquals(100, minutes.size());
        assertEquals(minutes.stream().sorted().toList(), minutes);
    }

    @Test
    default void forgottenEntriesGoAndOthersStay() {
        Run retry = Samples.retrying(repeating(2), T0, T0 + 100);
        oneOffAt(0, T0 + 99);
        cascadeAll(T0);
        apply(
                new Change.PutState(Samples.next(repeating(1), T0 + 100)),
                new Change.PutState(Samples.next(repeating(3), T0 + 101)),
                new Change.PutRun(retry));
        store().forgetDue(T0 + 100);
        for (int i = 0; i < FORGET_WITHIN_APPLIES; i++) {
            apply(new Change.PutSlot(1, i));
        }
        cascadeAll(T0);
        assertEquals(Set.of("+101:" + repeating(3)), due(T0, T0 + DAY_MS));
        reopened();
        cascadeAll(T0);
        assertEquals(Set.of("+101:" + repeating(3)), due(T0, T0 + DAY_MS));
    }

    @Test
    default void whatComesAfterForgettingStaysHoweverEarlyItIsDue() {
        apply(new Change.PutState(Samples.next(repeating(1), T0 + 100)));
        store().forgetDue(T0 + 5_000);
        oneOffAt(0, T0 + 200);
        apply(new Change.PutState(Samples.next(repeating(1), T0 + 300)));
        cascadeAll(T0);
        for (int i = 0; i < FORGET_WITHIN_APPLIES; i++) {
            apply(new Change.PutSlot(1, i));
        }
        assertEquals(Set.of("+200:" + oneOff(0), "+300:" + repeating(1)), due(T0 + 101, T0 + 5_001));
    }

    /** As after a jump of the clock: what was once forgotten through later says nothing of what has come since. */
    @Test
    default void forgettingThroughAnEarlierInstantForgetsNoMore() {
        oneOffAt(0, T0 + 10);
        cascadeAll(T0);
        store().forgetDue(T0 + 3_630_000);
        for (int i = 0; i < FORGET_WITHIN_APPLIES; i++) {
            apply(new Change.PutSlot(1, i));
        }
        oneOffAt(1, T0 + 3_610_000);
        cascadeAll(T0);
        store().forgetDue(T0 + 60_000);
        for (int i = 0; i < FORGET_WITHIN_APPLIES; i++) {
            apply(new Change.PutSlot(2, i));
        }
        assertEquals(Set.of("+3610000:" + oneOff(1)), due(T0, T0 + DAY_MS));
    }

    @Test
    default void anAuditFindsWhatStillWaits() {
        for (int i = 0; i < 7; i++) {
            oneOffAt(i, T0 + i);
        }
        Run open = ready(oneOff(1), T0 + 1);
        apply(
                new Change.PutRun(open),
                new Change.PutState(Samples.next(oneOff(3), T0 + 3).over(JobPhase.FINISHED, T0 + 9)),
                new Change.RemoveJob(oneOff(5)));
        List<JobId> waiting = new ArrayList<>();
        assertEquals(-1, store().audit(DAY, 0, 1_000, waiting::add));
        assertEquals(
                List.of(oneOff(0), oneOff(2), oneOff(4), oneOff(6)),
                waiting.stream().sorted().toList());
    }

    @Test
    default void anAuditIsBoundedAndGoesOn() {
        for (int i = 0; i < 7; i++) {
            oneOffAt(i, T0 + i);
        }
        List<JobId> waiting = new ArrayList<>();
        long from = 0;
        int calls = 0;
        while (from >= 0) {
            int before = waiting.size();
            from = store().audit(DAY, from, 3, waiting::add);
            assertTrue(waiting.size() - before <= 3);
            assertTrue(calls++ < 10, "the audit does not end");
        }
        assertEquals(7, waiting.size());
        assertEquals(Set.copyOf(waiting).size(), waiting.size());
        assertEquals(-1, store().audit(DAY + 1, 0, 3, _ -> {}));
        assertEquals(Optional.empty(), store().state(oneOff(0)));
    }
}
