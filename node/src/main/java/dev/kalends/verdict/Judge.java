package dev.kalends.verdict;

import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Pause;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.Schedule;
import java.util.Comparator;
import java.util.Optional;

/**
 * Judges a nominal instant.
 *
 * <p>In this order: what its run says; what the ledger says of a stretch; what the job's state says of an instant that
 * has no record: that it is still to come, held back, never came, or was never one.
 */
public final class Judge {
    private final Facts facts;
    private final JobSpec ruling;
    private final Neighbours neighbours;

    private Judge(Facts facts) {
        this.facts = facts;
        this.ruling = facts.job().ruling();
        this.neighbours = new Neighbours(ruling);
    }

    /** The verdict. */
    public static Judgement of(Facts facts) {
        return new Judge(facts).judge();
    }

    private Judgement judge() {
        if (facts.run().isPresent()) {
            return byRun(facts.run().get());
        }
        if (facts.line().isPresent() && isFire()) {
            return byLedger(facts.line().get());
        }
        return withoutRecord();
    }

    private boolean isFire() {
        return facts.asked().kind() == RunKind.SCHEDULED && neighbours.isFire(facts.nominalMs());
    }

    private Judgement byRun(Run run) {
        Judgement judgement = switch (run.state()) {
            case SUCCEEDED -> Judgement.of(Verdict.SUCCEEDED, "");
            case DEAD -> Judgement.of(Verdict.DEAD, run.reason().orElse("it used up its attempts"));
            case CANCELLED -> Judgement.of(Verdict.CANCELLED, run.reason().orElse(""));
            case SKIPPED -> Judgement.of(Verdict.SKIPPED, run.reason().orElse(""));
            case MISSED -> Judgement.of(Verdict.MISSED, run.reason().orElse(""));
            case RETRYING -> Judgement.of(Verdict.RETRYING, run.reason().orElse("it failed"));
            case LEASED -> Judgement.of(Verdict.RUNNING, stopping(run));
            case READY -> waiting(run);
        };
        return judgement.after(new Stages(facts).of(run)).behind(behind(run));
    }

    private Optional<RunId> behind(Run run) {
        return new Stages(facts)
                .behind(run)
                .or(() -> facts.throttle().map(throttle -> throttle.holders().getFirst()));
    }

    private static String stopping(Run run) {
        return switch (run.marks().stop()) {
            case NO -> "";
            case BY_CANCEL -> "its worker was asked to stop it";
            case BY_REPLACEMENT -> "its worker was asked to stop it: a later run takes its place";
        };
    }

    private Judgement waiting(Run run) {
        Optional<Pause> pause = facts.pause().filter(_ -> !run.marks().forced());
        if (pause.isPresent()) {
            return Judgement.of(Verdict.PAUSED, words(pause.get()));
        }
        if (run.marks().held()) {
            return Judgement.of(Verdict.HELD, "another run of the job is still open");
        }
        return facts.throttle()
                .map(Judge::throttled)
                .orElseGet(() -> Judgement.of(
                        Verdict.READY,
                        "no worker with a free slot has asked for queue "
                                + run.route().queue()));
    }

    private static Judgement throttled(Facts.Throttle throttle) {
        int running = throttle.holders().size();
        return Judgement.of(
                Verdict.THROTTLED,
                running + (running == 1 ? " run uses" : " runs use") + " up the limit " + throttle.limit());
    }

    private Judgement byLedger(LedgerLine line) {
        String why = line.reason().orElse("");
        return switch (line.verdict()) {
            case SUCCEEDED -> Judgement.of(Verdict.SUCCEEDED, "its run is no longer kept, its verdict is");
            case DEAD -> Judgement.of(Verdict.DEAD, "its run is no longer kept, its verdict is");
            case CANCELLED -> Judgement.of(Verdict.CANCELLED, why);
            case SKIPPED -> Judgement.of(Verdict.SKIPPED, why).behind(openThen());
            case MISSED -> Judgement.of(Verdict.MISSED, why);
            case READY, LEASED, RETRYING ->
                throw new IllegalStateException("the ledger holds verdicts only; state=" + line.verdict());
        };
    }

    /** The run that was open when the instant came due. */
    private Optional<RunId> openThen() {
        return facts.beside().stream()
                .filter(run -> run.times().firedMs() <= facts.dueMs())
                .filter(run -> run.times().finishedMs() < 0 || run.times().finishedMs() >= facts.dueMs())
                .max(Comparator.comparingLong((Run run) -> run.times().firedMs()))
                .map(Run::id);
    }

    private Judgement withoutRecord() {
        long atMs = facts.nominalMs();
        boolean repeats = ruling.schedule().repeats();
        if (repeats && atMs <= facts.job().first().acceptedMs()) {
            return Judgement.of(Verdict.NOT_ACCEPTED, "the job was accepted after it")
                    .between(java.util.OptionalLong.empty(), neighbours.after(atMs));
        }
        if (ruling.schedule() instanceof Schedule.Manual) {
            return Judgement.of(Verdict.NOT_A_FIRE, "the job runs only when it is triggered");
        }
        if (!neighbours.isFire(atMs)) {
            return Judgement.of(Verdict.NOT_A_FIRE, notAFire(atMs))
                    .between(neighbours.before(atMs), neighbours.after(atMs));
        }
        return facts.job().state().map(this::byState).orElseGet(() -> ahead("it waits for its time"));
    }

    private String notAFire(long atMs) {
        boolean edited = ruling.generation() != facts.job().current().generation();
        String rule = edited ? "generation " + ruling.generation() + ", which ruled then, has no fire there" : "";
        long untilMs = ruling.window().untilMs().orElse(Long.MAX_VALUE);
        if (atMs >= untilMs) {
            return "its schedule ended before";
        }
        if (atMs < ruling.window().fromMs().orElse(0L)) {
            return "its schedule begins later";
        }
        return rule.isEmpty() ? "its schedule has no fire there" : rule;
    }

    private Judgement byState(JobState state) {
        boolean decided = facts.nominalMs() <= state.lastNominalMs();
        return switch (state.phase()) {
            case CANCELLED ->
                decided && facts.dueMs() < state.phaseSinceMs()
                        ? noRecord()
                        : Judgement.of(Verdict.CANCELLED, "its job was cancelled before it came due");
            case FINISHED ->
                decided
                        ? noRecord()
                        : Judgement.of(Verdict.NOT_A_FIRE, "the job had all its runs before")
                                .between(neighbours.before(facts.nominalMs()), java.util.OptionalLong.empty());
            case PAUSED -> paused(state);
            case SCHEDULED -> scheduled(state, decided);
        };
    }

    private Judgement paused(JobState state) {
        JobState.Paused paused = state.paused().orElseThrow();
        boolean held = paused.next()
                .filter(next -> next.nominalMs() <= facts.nominalMs())
                .isPresent();
        if (!held) {
            return noRecord();
        }
        return facts.dueMs() <= facts.nowMs()
                ? Judgement.of(Verdict.PAUSED, words(paused.why()))
                : Judgement.of(Verdict.NOT_YET, "and will be held back: " + words(paused.why()));
    }

    private Judgement scheduled(JobState state, boolean decided) {
        if (state.next().isEmpty() || (decided && state.next().get().nominalMs() > facts.nominalMs())) {
            return noRecord();
        }
        long left =
                ruling.window().maxRuns().map(max -> (long) max - state.fired()).orElse(Long.MAX_VALUE);
        if (left <= neighbours.between(state.next().get().nominalMs(), facts.nominalMs())) {
            return Judgement.of(Verdict.NOT_A_FIRE, "the job will have had all its runs before")
                    .between(neighbours.before(facts.nominalMs()), java.util.OptionalLong.empty());
        }
        return ahead(
                facts.dueMs() > facts.nominalMs() && facts.nominalMs() <= facts.nowMs()
                        ? "its splay has it wait"
                        : "it waits for its time");
    }

    private Judgement ahead(String why) {
        if (facts.dueMs() <= facts.nowMs()) {
            return facts.pause()
                    .map(pause -> Judgement.of(Verdict.PAUSED, words(pause)))
                    .orElseGet(() -> Judgement.of(Verdict.OVERDUE, "the partition's leader has not decided it yet"));
        }
        return Judgement.of(
                Verdict.NOT_YET,
                facts.pause()
                        .map(pause -> "and will be held back: " + words(pause))
                        .orElse(why));
    }

    private static Judgement noRecord() {
        return Judgement.of(Verdict.NO_RECORD, "what became of it is no longer kept");
    }

    private static String words(Pause pause) {
        return pause.verdictReason();
    }
}
