package dev.kalends.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Lease;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Overlap;
import dev.kalends.job.Policy;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.partition.Draft;
import dev.kalends.testing.Recipe;
import dev.kalends.testing.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a rehearsal reports of jobs with one fault each. */
final class RehearsalTest {
    private static final long T0 = Samples.T0;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    private static final Scenario.Crew CREW = new Scenario.Crew(4, 10);

    private static Course course(long spanMs, Course.Outage... outages) {
        return new Course(T0, T0 + spanMs, List.of(outages), List.of());
    }

    private static Course.Outage outage(long fromMs, long toMs) {
        return new Course.Outage(T0 + fromMs, T0 + toMs);
    }

    private static Report rehearse(Course course, Recipe... recipes) {
        List<Draft> drafts = Arrays.stream(recipes).map(Recipe::draft).toList();
        return Rehearsal.of(new Scenario(List.of(), drafts, Scenario.Orders.NONE, course, CREW));
    }

    private static String lines(Finding finding) {
        StringBuilder text = new StringBuilder();
        for (LedgerLine line : finding.verdicts()) {
            text.append(line.verdict().word())
                    .append(' ')
                    .append((line.fromMs() - T0) / SECOND)
                    .append("..")
                    .append((line.toMs() - T0) / SECOND)
                    .append(" x")
                    .append(line.count())
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void withoutFaultsEverythingFiresInTime() {
        Report report = rehearse(course(MINUTE), Recipe.every(SECOND), Recipe.in(30 * SECOND));
        Finding every = report.jobs().getFirst();
        assertEquals("succeeded 1..59 x59\n", lines(every));
        assertEquals(
                new Starts(59, T0 + SECOND, T0 + 59 * SECOND, 0),
                every.started().inTime());
        assertEquals(Starts.NONE, every.started().caughtUp());
        assertEquals("succeeded 30..30 x1\n", lines(report.jobs().getLast()));
        assertEquals(new Counted(60, 0, 0, 0, 0), report.counts());
        assertEquals(2, report.busiest().starts());
        assertEquals(T0 + MINUTE, report.endMs());
        assertFalse(report.cut());
    }

    @Test
    void eachCatchUpPolicyAfterAnOutage() {
        Report report = rehearse(
                course(2 * MINUTE, outage(MINUTE + 500, MINUTE + 30_500)),
                Recipe.every(SECOND).catchUp(CatchUp.LAST).named("last"),
                Recipe.every(SECOND).catchUp(CatchUp.ALL).named("all"),
                Recipe.every(SECOND).catchUp(CatchUp.NONE).named("none"));
        Finding last = report.jobs().getFirst();
        assertEquals("succeeded 1..60 x60\nmissed 61..89 x29\nsucceeded 90..119 x30\n", lines(last));
        long againMs = T0 + MINUTE + 30_500;
        assertEquals(new Starts(1, againMs, againMs, 500), last.started().caughtUp());
        Finding all = report.jobs().get(1);
        assertEquals("succeeded 1..119 x119\n", lines(all));
        assertEquals(
                new Starts(30, againMs, againMs + 29 * CREW.takesMs(), 29_500),
                all.started().caughtUp(),
                "one after the other");
        Finding none = report.jobs().get(2);
        assertEquals("succeeded 1..60 x60\nmissed 61..90 x30\nsucceeded 91..119 x29\n", lines(none));
        assertEquals(new Counted(298, 0, 0, 0, 59), report.counts());
        assertEquals(34, report.busiest().starts(), "30 of all, one of last, and at :31 one of each");
    }

    @Test
    void whatExecutesIsLostWithTheProcessAndTriedAgain() {
        Recipe recipe = Recipe.in(30 * SECOND).backoff(5_000, 5_000);
        Course course = course(5 * MINUTE, outage(30 * SECOND + 5, MINUTE));
        Finding finding = rehearse(course, recipe).jobs().getFirst();
        assertEquals(1, finding.started().inTime().count());
        assertEquals(1, finding.started().retries());
        assertEquals("succeeded 30..30 x1\n", lines(finding));
    }

    @Test
    void whatExecutesOutlivesALostLeader() {
        Course course = new Course(T0, T0 + MINUTE, List.of(), List.of(T0 + 30 * SECOND + 5));
        Report report = rehearse(course, Recipe.every(SECOND), Recipe.in(30 * SECOND));
        assertEquals(
                "succeeded 1..30 x30\nmissed 31..34 x4\nskipped 35..35 x1\nsucceeded 36..59 x24\n",
                lines(report.jobs().getFirst()),
                "the run of :30 can be reported to the new leader only, after that has caught up");
        assertEquals(0, report.jobs().getLast().started().retries());
        assertEquals("succeeded 30..30 x1\n", lines(report.jobs().getLast()));
    }

    @Test
    void aDeadlineThatPassesInAnOutageIsMissedAndSaysWhy() {
        Course course = course(5 * MINUTE, outage(MINUTE, 3 * MINUTE));
        Report report = rehearse(course, Recipe.in(90 * SECOND).deadline(10 * SECOND), Recipe.in(100 * SECOND));
        LedgerLine missed = report.jobs().getFirst().verdicts().getFirst();
        assertEquals(RunState.MISSED, missed.verdict());
        assertEquals(Optional.of("its deadline had passed"), missed.reason());
        assertEquals(1, report.jobs().getLast().started().caughtUp().count());
        assertEquals(80 * SECOND, report.jobs().getLast().started().caughtUp().worstLateMs());
    }

    @Test
    void aRunThatTakesLongerThanItsPeriodIsSkippedAndOneThatFailsDies() {
        JobSpec spec = every(1, MINUTE, Overlap.SKIP);
        JobSpec failing = every(2, MINUTE, Overlap.SKIP);
        Subject slow = new Subject(
                List.of(spec), Optional.of(state(spec)), List.of(), Optional.of(90 * SECOND), Subject.Ending.SUCCEEDS);
        Subject bad = new Subject(
                List.of(failing), Optional.of(state(failing)), List.of(), Optional.of(1L), Subject.Ending.FAILS);
        Report report = Rehearsal.of(
                new Scenario(List.of(slow, bad), List.of(), Scenario.Orders.NONE, course(60 * MINUTE), CREW));
        Finding skipping = report.jobs().getFirst();
        assertEquals(30, skipping.started().inTime().count());
        assertEquals(29, skipping.counts().skipped());
        assertTrue(skipping.verdicts().stream()
                .anyMatch(line -> line.reason().equals(Optional.of("an earlier run is still open"))));
        assertTrue(report.jobs().getLast().counts().dead() > 0);
        assertTrue(report.jobs().getLast().started().retries() > 0);
    }

    private static JobSpec every(long sequence, long periodMs, Overlap overlap) {
        Policy usual = Policy.DEFAULT;
        Policy policy = new Policy(
                usual.queue(),
                usual.priority(),
                usual.retry(),
                usual.timeoutMs(),
                usual.deadlineMs(),
                overlap,
                usual.catchUp(),
                usual.sandbox(),
                usual.limits());
        JobSpec like = Samples.spec(
                Samples.repeating(sequence), Samples.name(Optional.empty()), new Schedule.Every(periodMs, T0));
        return new JobSpec(
                like.id(), 1, like.name(), like.schedule(), like.window(), like.work(), policy, like.labels(), T0);
    }

    private static JobState state(JobSpec spec) {
        return Samples.next(spec.id(), T0 + MINUTE);
    }

    @Test
    void aRunThatIsOpenWhenItBeginsHoldsBackTheNext() {
        JobSpec spec = every(1, MINUTE, Overlap.SKIP);
        Run open = Samples.ready(spec.id(), T0).leased(new Lease(77, "w-elsewhere", T0 - 10));
        Subject subject = new Subject(
                List.of(spec),
                Optional.of(state(spec)),
                List.of(open),
                Optional.of(MINUTE + 10 * SECOND),
                Subject.Ending.SUCCEEDS);
        Finding finding = Rehearsal.of(
                        new Scenario(List.of(subject), List.of(), Scenario.Orders.NONE, course(150 * SECOND), CREW))
                .jobs()
                .getFirst();
        assertEquals("succeeded 0..0 x1\nskipped 60..60 x1\n", lines(finding));
        assertEquals(1, finding.started().inTime().count(), "the one of the third minute; the first had begun before");
        assertEquals(1, finding.open());
    }

    @Test
    void fewSlotsMakeRunsLate() {
        Recipe[] recipes = new Recipe[40];
        Arrays.setAll(recipes, i -> Recipe.in(MINUTE));
        List<Draft> drafts = Arrays.stream(recipes).map(Recipe::draft).toList();
        Report report = Rehearsal.of(new Scenario(
                List.of(), drafts, Scenario.Orders.NONE, course(5 * MINUTE), new Scenario.Crew(4, SECOND)));
        assertEquals(40, report.counts().succeeded());
        assertEquals(9 * SECOND, report.started().inTime().worstLateMs());
        assertEquals(4, report.busiest().starts());
    }

    @Test
    void theSameScenarioGivesTheSameReport() {
        Course course = new Course(T0, T0 + 5 * MINUTE, List.of(outage(MINUTE, 2 * MINUTE)), List.of(T0 + 3 * MINUTE));
        Recipe[] recipes = {Recipe.every(SECOND).catchUp(CatchUp.ALL), Recipe.cron("* * * * *"), Recipe.in(90_000)};
        assertEquals(rehearse(course, recipes), rehearse(course, recipes));
    }

    @Test
    void whatIsTooMuchEndsEarlyAndSaysSo() {
        Recipe[] recipes = new Recipe[100];
        Arrays.setAll(recipes, i -> Recipe.every(10));
        Report report = rehearse(course(Course.SPAN_MAX_MS), recipes);
        assertTrue(report.cut());
        assertTrue(report.endMs() < T0 + 10 * MINUTE, () -> "endMs=" + (report.endMs() - T0));
    }

    @Test
    void aDraftThatNoSubmitWouldTakeIsRefused() {
        Recipe taken = Recipe.every(SECOND).named("a");
        assertThrows(ApiException.class, () -> rehearse(course(MINUTE), taken, taken));
    }

    @Test
    void boundsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> course(Course.SPAN_MAX_MS + 1));
        assertThrows(IllegalArgumentException.class, () -> new Scenario.Crew(0, 1));
        assertThrows(IllegalArgumentException.class, () -> outage(5, 5));
    }

    @Test
    void aRunKeepsItsIdWhateverPartitionItsJobIsIn() {
        JobSpec spec = every(7, MINUTE, Overlap.SKIP);
        JobId elsewhere = JobId.of(5, 0, 7);
        assertFalse(elsewhere.equals(spec.id()));
        JobSpec moved = new JobSpec(
                elsewhere,
                1,
                spec.name(),
                spec.schedule(),
                spec.window(),
                spec.work(),
                spec.policy(),
                spec.labels(),
                T0);
        Subject subject = new Subject(
                List.of(moved), Optional.of(state(moved)), List.of(), Optional.empty(), Subject.Ending.SUCCEEDS);
        Finding finding = Rehearsal.of(
                        new Scenario(List.of(subject), List.of(), Scenario.Orders.NONE, course(150 * SECOND), CREW))
                .jobs()
                .getFirst();
        assertEquals(
                elsewhere,
                RunId.scheduled(elsewhere, finding.verdicts().getFirst().fromMs())
                        .job());
        assertEquals("succeeded 60..120 x2\n", lines(finding));
    }
}
