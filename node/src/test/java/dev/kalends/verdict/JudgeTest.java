package dev.kalends.verdict;

import static dev.kalends.testing.Samples.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Lease;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Overlap;
import dev.kalends.job.Pause;
import dev.kalends.job.Policy;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.testing.Samples;
import dev.kalends.verdict.Judgement.Stage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** One example of each verdict, and of each reason for it. The job fires every minute from {@code T0} on. */
final class JudgeTest {
    private static final long MINUTE = 60_000;
    private static final JobId JOB = Samples.repeating(1);
    private static final JobSpec SPEC = every(MINUTE, Window.OPEN);
    private static final long AT = T0 + 10 * MINUTE;
    private static final long NOW = AT + 30_000;

    private static JobSpec every(long periodMs, Window window) {
        return new JobSpec(
                JOB,
                1,
                Samples.name(Optional.of("tick")),
                new Schedule.Every(periodMs, T0),
                window,
                Samples.named(JOB, "tick").work(),
                Policy.DEFAULT,
                java.util.Map.of(),
                T0);
    }

    private static JobState waitingFor(long nextMs, int fired) {
        Optional<JobState.NextFire> next = Optional.of(new JobState.NextFire(nextMs, nextMs));
        return JobState.accepted(JOB, T0, next).decided(nextMs - MINUTE, fired, next);
    }

    private static Facts facts(JobSpec spec, Optional<JobState> state, long atMs) {
        return new Facts(
                new Facts.Generations(spec, spec, spec, state),
                RunId.scheduled(JOB, atMs),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NOW);
    }

    private static Facts with(Facts facts, Run run, Run... beside) {
        return new Facts(
                facts.job(),
                run.id(),
                Optional.of(run),
                facts.line(),
                List.of(beside),
                facts.pause(),
                facts.throttle(),
                facts.nowMs());
    }

    private static Facts with(Facts facts, Pause pause) {
        return new Facts(
                facts.job(),
                facts.asked(),
                facts.run(),
                facts.line(),
                facts.beside(),
                Optional.of(pause),
                facts.throttle(),
                facts.nowMs());
    }

    private static Facts with(Facts facts, RunState verdict, String reason, Run... beside) {
        LedgerLine line = new LedgerLine(JOB, AT - 3 * MINUTE, AT + MINUTE, 5, verdict, Optional.of(reason));
        return new Facts(
                facts.job(),
                facts.asked(),
                Optional.empty(),
                Optional.of(line),
                List.of(beside),
                facts.pause(),
                facts.throttle(),
                facts.nowMs());
    }

    private static final Facts FIRED = facts(SPEC, Optional.of(waitingFor(AT + MINUTE, 10)), AT);

    private static Pause pause(Pause.By by) {
        return new Pause(by, AT - 1, Optional.empty(), Optional.of("flood"));
    }

    private static void expect(Verdict verdict, String why, Judgement judgement) {
        assertEquals(verdict, judgement.verdict(), judgement.toString());
        assertTrue(judgement.why().contains(why), judgement.toString());
    }

    @Test
    void whatARunSays() {
        expect(Verdict.SUCCEEDED, "", Judge.of(with(FIRED, Samples.succeeded(JOB, AT, AT + 500))));
        expect(Verdict.DEAD, "exit 3", Judge.of(with(FIRED, Samples.dead(JOB, AT, AT + 500))));
        expect(Verdict.RETRYING, "exit 3", Judge.of(with(FIRED, Samples.retrying(JOB, AT, NOW + 9))));
        expect(Verdict.RUNNING, "", Judge.of(with(FIRED, Samples.leased(JOB, AT, 7))));
        expect(Verdict.READY, "queue default", Judge.of(with(FIRED, Samples.ready(JOB, AT))));
        Run cancelled = Samples.ready(JOB, AT).ended(RunState.CANCELLED, AT + 1, Optional.of("cancelled on request"));
        expect(Verdict.CANCELLED, "on request", Judge.of(with(FIRED, cancelled)));
        Run missed = Samples.ready(JOB, AT).ended(RunState.MISSED, AT + 1, Optional.of("its deadline had passed"));
        expect(Verdict.MISSED, "deadline", Judge.of(with(FIRED, missed)));
        Run replaced = Samples.ready(JOB, AT).ended(RunState.SKIPPED, AT + 1, Optional.of("replaced by a later run"));
        expect(Verdict.SKIPPED, "replaced", Judge.of(with(FIRED, replaced)));
        expect(Verdict.PAUSED, "flood", Judge.of(with(with(FIRED, Samples.ready(JOB, AT)), pause(Pause.By.JOB))));
    }

    @Test
    void aHeldRunNamesTheOneBeforeIt() {
        Run held = Samples.ready(JOB, AT).withMarks(Run.Marks.NONE.waiting());
        Run open = Samples.leased(JOB, AT - MINUTE, 6);
        Judgement judgement = Judge.of(with(FIRED, held, held, open));
        expect(Verdict.HELD, "still open", judgement);
        assertEquals(Optional.of(open.id()), judgement.behind());
        assertEquals(
                List.of("overlap"),
                judgement.stages().stream().skip(1).map(Stage::name).toList());
    }

    @Test
    void whatTheLedgerSays() {
        Run open = Samples.succeeded(JOB, AT - 4 * MINUTE, AT + 2 * MINUTE);
        Judgement skipped = Judge.of(with(FIRED, RunState.SKIPPED, "an earlier run is still open", open));
        expect(Verdict.SKIPPED, "still open", skipped);
        assertEquals(Optional.of(open.id()), skipped.behind());
        expect(Verdict.SKIPPED, "paused: flood", Judge.of(with(FIRED, RunState.SKIPPED, "paused: flood")));
        expect(Verdict.MISSED, "nobody", Judge.of(with(FIRED, RunState.MISSED, "came due while nobody could fire")));
        expect(Verdict.CANCELLED, "its job", Judge.of(with(FIRED, RunState.CANCELLED, "its job was cancelled")));
        expect(Verdict.SUCCEEDED, "no longer kept", Judge.of(with(FIRED, RunState.SUCCEEDED, "")));
        expect(Verdict.DEAD, "no longer kept", Judge.of(with(FIRED, RunState.DEAD, "")));
    }

    @Test
    void anInstantBetweenTwoFiresOfAStretchIsNone() {
        Facts between = facts(SPEC, FIRED.job().state(), AT + 1);
        Judgement judgement = Judge.of(with(between, RunState.MISSED, "came due while nobody could fire"));
        expect(Verdict.NOT_A_FIRE, "no fire there", judgement);
        assertEquals(OptionalLong.of(AT), judgement.beforeMs());
        assertEquals(OptionalLong.of(AT + MINUTE), judgement.afterMs());
    }

    @Test
    void whatIsToCome() {
        Optional<JobState> state = FIRED.job().state();
        expect(Verdict.NOT_YET, "its time", Judge.of(facts(SPEC, state, AT + MINUTE)));
        expect(Verdict.NOT_YET, "its time", Judge.of(facts(SPEC, state, AT + 1_000 * MINUTE)));
        Facts everythingPaused = with(facts(SPEC, state, AT + MINUTE), pause(Pause.By.EVERYTHING));
        expect(Verdict.NOT_YET, "everything was paused", Judge.of(everythingPaused));
        expect(Verdict.OVERDUE, "leader", Judge.of(facts(SPEC, Optional.of(waitingFor(AT, 9)), AT)));
        JobSpec splayed =
                every(MINUTE, new Window(Optional.empty(), Optional.empty(), Optional.empty(), 1_000L * MINUTE));
        assertTrue(splayed.movedMs() > MINUTE, "movedMs=" + splayed.movedMs());
        expect(Verdict.NOT_YET, "splay", Judge.of(facts(splayed, Optional.of(waitingFor(AT, 9)), AT)));
    }

    @Test
    void whatAPauseHoldsBack() {
        JobState held = waitingFor(AT, 9).pausedBy(pause(Pause.By.TENANT), AT - 1);
        expect(Verdict.PAUSED, "tenant was paused: flood", Judge.of(facts(SPEC, Optional.of(held), AT)));
        expect(Verdict.NOT_YET, "held back", Judge.of(facts(SPEC, Optional.of(held), AT + MINUTE)));
        expect(Verdict.NO_RECORD, "", Judge.of(facts(SPEC, Optional.of(held), AT - MINUTE)));
    }

    @Test
    void whatNeverComes() {
        Optional<JobState> state = FIRED.job().state();
        expect(Verdict.NOT_ACCEPTED, "accepted after", Judge.of(facts(SPEC, state, T0 - MINUTE)));
        JobState cancelled = waitingFor(AT, 9).over(JobPhase.CANCELLED, AT - 1);
        expect(Verdict.CANCELLED, "before it came due", Judge.of(facts(SPEC, Optional.of(cancelled), AT)));
        JobSpec ends = every(MINUTE, new Window(Optional.empty(), Optional.of(AT), Optional.empty(), 0));
        expect(Verdict.NOT_A_FIRE, "ended before", Judge.of(facts(ends, state, AT + MINUTE)));
        JobSpec begins = every(MINUTE, new Window(Optional.of(AT), Optional.empty(), Optional.empty(), 0));
        expect(Verdict.NOT_A_FIRE, "begins later", Judge.of(facts(begins, state, AT - MINUTE)));
        JobSpec few = every(MINUTE, new Window(Optional.empty(), Optional.empty(), Optional.of(12), 0));
        expect(Verdict.NOT_YET, "", Judge.of(facts(few, state, AT + 2 * MINUTE)));
        expect(Verdict.NOT_A_FIRE, "all its runs", Judge.of(facts(few, state, AT + 3 * MINUTE)));
        JobState over = waitingFor(AT, 9).over(JobPhase.FINISHED, AT - 1);
        expect(Verdict.NOT_A_FIRE, "all its runs", Judge.of(facts(SPEC, Optional.of(over), AT)));
        expect(Verdict.NO_RECORD, "no longer kept", Judge.of(facts(SPEC, state, AT - MINUTE)));
    }

    @Test
    void anEditedJobIsJudgedByTheGenerationThatRuled() {
        JobSpec second = Samples.edited(every(7 * MINUTE, Window.OPEN), 2);
        Facts asked = facts(SPEC, FIRED.job().state(), AT);
        Facts.Generations edited = new Facts.Generations(
                SPEC, every(3 * MINUTE, Window.OPEN), second, asked.job().state());
        Facts facts = new Facts(
                edited,
                asked.asked(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NOW);
        Judgement judgement = Judge.of(facts);
        expect(Verdict.NOT_A_FIRE, "generation 1", judgement);
        assertEquals(OptionalLong.of(T0 + 9 * MINUTE), judgement.beforeMs());
        assertEquals(OptionalLong.of(T0 + 12 * MINUTE), judgement.afterMs());
    }

    @Test
    void stagesAddUpToTheSkew() {
        Run fired = Samples.ready(JOB, AT);
        Run late = new Run(
                fired.id(),
                1,
                RunState.LEASED,
                fired.route(),
                new Run.Times(AT, AT + 20, AT + 5_000, -1),
                1,
                1,
                0,
                Optional.of(new Lease(7, "w", AT + 4_000)),
                Run.Marks.NONE,
                List.of(),
                Optional.empty());
        Judgement judgement = Judge.of(with(FIRED, late));
        assertEquals(
                List.of(new Stage("wheel", 20), new Stage("queue", 3_980), new Stage("start", 1_000)),
                judgement.stages());
        assertEquals(5_000, judgement.lateMs());
        assertEquals(Optional.of(new Stage("queue", 3_980)), judgement.slowest());
        Run caughtUp = late.withMarks(Run.Marks.CATCH_UP);
        assertEquals(
                "catch-up", Judge.of(with(FIRED, caughtUp)).stages().getFirst().name());
    }

    @Test
    void aRunThatWaitedForAnotherWasLateByOverlap() {
        JobSpec queued = new JobSpec(
                JOB,
                1,
                SPEC.name(),
                SPEC.schedule(),
                Window.OPEN,
                SPEC.work(),
                new Policy(
                        "default",
                        Policy.DEFAULT.priority(),
                        Policy.DEFAULT.retry(),
                        Optional.empty(),
                        Optional.empty(),
                        Overlap.QUEUE,
                        Policy.DEFAULT.catchUp(),
                        Policy.DEFAULT.sandbox(),
                        List.of()),
                java.util.Map.of(),
                T0);
        Run before = Samples.succeeded(JOB, AT - MINUTE, AT + 8_000);
        Run ended = Samples.succeeded(JOB, AT, AT + 20_000);
        Run run = new Run(
                ended.id(),
                1,
                ended.state(),
                ended.route(),
                new Run.Times(AT, AT + 5, AT + 8_100, AT + 20_000),
                1,
                1,
                0,
                Optional.empty(),
                Run.Marks.NONE,
                ended.attempts(),
                Optional.empty());
        Judgement judgement = Judge.of(with(facts(queued, FIRED.job().state(), AT), run, before, run));
        assertEquals(
                List.of(new Stage("wheel", 5), new Stage("overlap", 7_995), new Stage("queue", 100)),
                judgement.stages());
        assertEquals(Optional.of(before.id()), judgement.behind());
    }

    @Test
    void theNeighboursOfAnInstantAreFoundHoweverFarTheyAre() {
        JobSpec yearly = Samples.spec(
                JOB,
                SPEC.name(),
                new Schedule.Cron("0 0 29 2 *", java.time.ZoneId.of("UTC"), dev.kalends.job.DstRule.CRON));
        Neighbours neighbours = new Neighbours(yearly);
        long leapDay = java.time.Instant.parse("2028-02-29T00:00:00Z").toEpochMilli();
        assertTrue(neighbours.isFire(leapDay));
        long later = java.time.Instant.parse("2031-12-31T00:00:00Z").toEpochMilli();
        assertEquals(OptionalLong.of(leapDay), neighbours.before(later));
        assertEquals(OptionalLong.empty(), neighbours.before(leapDay));
        assertEquals(OptionalLong.of(leapDay), neighbours.after(T0));
    }
}
