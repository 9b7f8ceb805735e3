package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.named;
import static dev.kalends.testing.Samples.once;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Pause;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Change;
import dev.kalends.journal.StoreReader.PlanPage;
import dev.kalends.journal.StoreReader.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a forecast reads of a store: waiting one-offs by due instant, and the plans of all others. */
public interface ForesightContract extends StoreHarness {
    private static Buckets hours(int count) {
        return new Buckets(T0, T0, 3_600_000, count);
    }

    private void acceptOnce(int sequence, long dueMs) {
        apply(new Change.PutSpec(once(oneOff(sequence), dueMs), dueMs));
    }

    @Test
    default void waitingOneOffsAreCountedByTheirDueInstants() {
        acceptOnce(1, T0);
        acceptOnce(2, T0 + 3_599_999);
        acceptOnce(3, T0 + 3_600_000);
        JobId tomorrow = JobId.of(Samples.PARTITION, Samples.DAY + 1, 5);
        long late = T0 + Samples.DAY_MS + 7;
        apply(new Change.PutSpec(once(tomorrow, late), late), new Change.PutSpec(named(repeating(1), "r"), -1));
        assertArrayEquals(
                new long[] {2, 1}, reader().waiting(hours(2), Optional.empty()).counts());
        assertArrayEquals(
                new long[] {2, 1},
                reader().waiting(hours(2), Optional.of(JobName.DEFAULT_TENANT)).counts());
        assertEquals(1, reader().waiting(hours(25), Optional.empty()).counts()[24]);
        Buckets fromTheMiddle = new Buckets(T0 + 1, T0, 3_600_000, 1);
        assertArrayEquals(
                new long[] {1},
                reader().waiting(fromTheMiddle, Optional.empty()).counts());
    }

    @Test
    default void whatWasFiredCancelledOrPausedWaitsNoLonger() {
        for (int i = 0; i < 5; i++) {
            acceptOnce(i, T0 + i);
        }
        apply(new Change.PutRun(Samples.ready(oneOff(0), T0)));
        JobState accepted = JobState.accepted(oneOff(1), T0, Optional.empty());
        apply(new Change.PutState(accepted.over(JobPhase.CANCELLED, T0)));
        Pause pause = new Pause(Pause.By.JOB, T0, Optional.empty(), Optional.empty());
        apply(new Change.PutState(Samples.next(oneOff(2), T0 + 2).pausedBy(pause, T0)));
        assertArrayEquals(
                new long[] {2, 0}, reader().waiting(hours(2), Optional.empty()).counts());
        // One that was triggered by hand has a state and waits all the same, one that was moved waits elsewhere.
        apply(new Change.PutState(Samples.next(oneOff(3), T0 + 3)));
        apply(new Change.PutState(Samples.next(oneOff(4), T0 + 3_600_004)));
        assertArrayEquals(
                new long[] {1, 1}, reader().waiting(hours(2), Optional.empty()).counts());
        apply(new Change.RemoveJob(oneOff(3)));
        assertArrayEquals(
                new long[] {0, 1}, reader().waiting(hours(2), Optional.empty()).counts());
    }

    @Test
    default void anotherTenantsOneOffsAreNotCounted() {
        JobName foreign = new JobName("acme", Optional.empty(), Optional.empty());
        acceptOnce(1, T0);
        apply(new Change.PutSpec(Samples.spec(oneOff(2), foreign, new Schedule.Once(T0)), T0));
        apply(
                new Change.PutSpec(Samples.spec(oneOff(3), foreign, new Schedule.Once(T0)), T0),
                new Change.PutState(Samples.next(oneOff(3), T0)));
        assertArrayEquals(
                new long[] {3}, reader().waiting(hours(1), Optional.empty()).counts());
        assertArrayEquals(
                new long[] {2}, reader().waiting(hours(1), Optional.of("acme")).counts());
        assertArrayEquals(
                new long[] {1},
                reader().waiting(hours(1), Optional.of(JobName.DEFAULT_TENANT)).counts());
        assertArrayEquals(
                new long[] {0},
                reader().waiting(hours(1), Optional.of("nobody")).counts());
    }

    @Test
    default void editedOneOffsArePlansAndNotCounted() {
        acceptOnce(1, T0);
        acceptOnce(2, T0);
        JobSpec edited = Samples.edited(once(oneOff(2), T0), 2);
        apply(new Change.PutSpec(edited, T0), new Change.PutState(Samples.next(oneOff(2), T0)));
        assertArrayEquals(
                new long[] {1}, reader().waiting(hours(1), Optional.empty()).counts());
        assertEquals(
                List.of(new Planned(plan(edited), Optional.of(Samples.next(oneOff(2), T0)))),
                reader().plans(Optional.empty(), 10).rows());
    }

    @Test
    default void plansComeInIdOrderPageByPageWithoutWhatIsDone() {
        List<Planned> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            JobSpec spec = named(repeating(i), "n" + i);
            JobState state = Samples.next(spec.id(), T0 + i);
            apply(new Change.PutSpec(spec, -1));
            if (i != 3) {
                apply(new Change.PutState(state));
            }
            acceptOnce(i, T0 + i);
            expected.add(new Planned(plan(spec), i == 3 ? Optional.empty() : Optional.of(state)));
        }
        assertEquals(expected, allPlans(2));
        JobSpec second = Samples.edited(named(repeating(1), "n1"), 2);
        apply(new Change.PutSpec(second, -1));
        expected.set(1, new Planned(plan(second), expected.get(1).state()));
        assertEquals(expected, allPlans(2));
        assertEquals(expected, allPlans(100));
    }

    private static JobPlan plan(JobSpec spec) {
        return new JobPlan(spec.id(), spec.name(), spec.schedule(), spec.window(), spec.acceptedMs());
    }

    private List<Planned> allPlans(int scan) {
        List<Planned> all = new ArrayList<>();
        Optional<JobId> after = Optional.empty();
        int pages = 0;
        do {
            PlanPage page = reader().plans(after, scan);
            assertTrue(page.rows().size() <= scan);
            all.addAll(page.rows());
            after = page.next();
            assertTrue(pages++ < 20, "the pages do not end");
        } while (after.isPresent());
        return all;
    }
}
