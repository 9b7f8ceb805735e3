package dev.kalends.partition;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import java.util.Optional;

/**
 * Decides nominal instants that passed without being fired, because nobody could or because of a pause: which of them
 * run after all, and what the verdict of the others is. A stretch of any length is a few ledger lines.
 */
final class PastFires {
    /** Most runs that are made up for in one stretch; older fires are not. */
    static final int RUNS_MAX = 1_000;

    static final String MORE = "more than " + RUNS_MAX + " fires to catch up";

    private final Workspace workspace;
    private final FirePlan plan;
    private final RunEnds ends;

    PastFires(Workspace workspace, FirePlan plan, RunEnds ends) {
        this.workspace = workspace;
        this.plan = plan;
        this.ends = ends;
    }

    /**
     * Consecutive nominal instants without a verdict.
     *
     * @param count how many, at least 1
     * @param verdict of those that do not run: missed, skipped or cancelled
     * @param why for people
     */
    record Stretch(long fromMs, long toMs, long count, RunState verdict, String why) {}

    /** The nominal instants of a job from its next one on that came due at or before an instant; empty for none. */
    Optional<Stretch> stretch(JobSpec spec, long firstMs, long dueThroughMs, Verdict verdict) {
        long throughMs = dueThroughMs - spec.movedMs();
        long count = plan.countBetween(spec, firstMs - 1, throughMs, verdict.firedSoFar());
        if (count < 1) {
            return Optional.empty();
        }
        long last = plan.nth(spec, firstMs - 1, count, throughMs);
        return Optional.of(new Stretch(firstMs, last, count, verdict.state(), verdict.why()));
    }

    /** What becomes of the fires of a stretch that do not run, and how many fires there were before it. */
    record Verdict(RunState state, String why, int firedSoFar) {}

    /**
     * Decides a stretch; answers how many runs were made. With {@code LAST} the last instant is left to the caller, who
     * fires it as any other.
     */
    long decide(JobSpec spec, Stretch all, CatchUp policy, Moment moment) {
        return switch (policy) {
            case NONE -> {
                pass(spec, all, all.toMs(), all.count(), all.why());
                yield 0;
            }
            case LAST -> {
                passBefore(spec, all, all.toMs(), all.count() - 1, all.why());
                yield 0;
            }
            case ALL -> makeUp(spec, all, moment);
        };
    }

    /** Makes a run for each, released one after the other. */
    private long makeUp(JobSpec spec, Stretch all, Moment moment) {
        long left = Math.max(0, all.count() - RUNS_MAX);
        long nominalMs = left == 0 ? all.fromMs() : plan.nth(spec, all.fromMs() - 1, left + 1, all.toMs());
        passBefore(spec, all, nominalMs, left, MORE);
        boolean waits = holdsBack(spec);
        for (long made = left; made < all.count(); made++) {
            open(spec, nominalMs, moment, waits);
            waits = true;
            if (made + 1 < all.count()) {
                nominalMs = plan.nth(spec, nominalMs, 1, all.toMs());
            }
        }
        return all.count() - left;
    }

    private boolean holdsBack(JobSpec spec) {
        return workspace.openRuns(spec.id()).stream().anyMatch(run -> RunEnds.holdsBack(spec, run));
    }

    private void open(JobSpec spec, long nominalMs, Moment moment, boolean waits) {
        workspace.count(Effect.Metric.FIRED, 1);
        Run run = Runs.fresh(
                spec,
                RunId.scheduled(spec.id(), nominalMs),
                new Run.Times(plan.fire(spec, nominalMs).dueMs(), moment.nowMs(), -1, -1),
                Run.Marks.CATCH_UP);
        ends.open(waits ? run.withMarks(run.marks().waiting()) : run);
    }

    /** Passes over the first {@code count} instants of a stretch, all that lie before one. */
    private void passBefore(JobSpec spec, Stretch all, long beforeMs, long count, String why) {
        if (count > 0) {
            pass(spec, all, plan.nth(spec, all.fromMs() - 1, count, beforeMs - 1), count, why);
        }
    }

    private void pass(JobSpec spec, Stretch all, long toMs, long count, String why) {
        workspace.count(metric(all.verdict()), count);
        ends.ledger()
                .enter(spec, new LedgerLine(spec.id(), all.fromMs(), toMs, count, all.verdict(), Optional.of(why)));
    }

    private static Effect.Metric metric(RunState verdict) {
        return switch (verdict) {
            case MISSED -> Effect.Metric.MISSED;
            case SKIPPED -> Effect.Metric.SKIPPED;
            case CANCELLED -> Effect.Metric.CANCELLED;
            case READY, LEASED, RETRYING, SUCCEEDED, DEAD ->
                throw new IllegalStateException("no verdict of a fire that did not run; verdict=" + verdict);
        };
    }
}
