package dev.kalends.sim;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.testing.Recount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds the invariants against a history: some after each step, the rest when everything has come to rest. */
final class Checker {
    private static final int ALL = 1_000_000;
    private static final int LOOK_EVERY = 40;
    private static final int TIMERS_SLACK = 60;

    private final House house;
    private final Model model;
    private int steps;

    Checker(House house, Model model) {
        this.house = house;
        this.model = model;
    }

    /** After a step of the node. */
    void step() {
        steps++;
        if (steps % LOOK_EVERY != 0) {
            return;
        }
        for (int partition = 0; partition < house.partitions(); partition++) {
            counters(partition);
            memory(partition);
            limits(partition);
        }
        accepted();
    }

    private StoreReader reader(JobId job) {
        return house.truth(job.partition()).reader();
    }

    private void counters(int partition) {
        List<String> differences = Recount.differences(house.truth(partition).reader());
        if (!differences.isEmpty()) {
            throw new Violation(Invariant.COUNTERS_MATCH, differences.toString());
        }
    }

    private void limits(int partition) {
        StoreReader reader = house.truth(partition).reader();
        String limit = ModelJob.LIMIT_KEY + "=" + ModelJob.LIMIT;
        List<Run> leased = reader.openRuns(
                Optional.empty(),
                run -> run.state() == RunState.LEASED
                        && reader.spec(run.id().job(), run.generation())
                                .filter(spec -> spec.policy().limits().contains(limit))
                                .isPresent(),
                ALL);
        if (leased.size() > ModelJob.LIMIT) {
            throw new Violation(Invariant.LIMITS_HOLD, "too many run at once; runs=" + leased.size() + " " + leased);
        }
    }

    private void memory(int partition) {
        long near = model.jobById.values().stream()
                .filter(job -> job.kind != ModelJob.Kind.FAR)
                .count();
        int pending = house.leader(partition)
                .map(leader -> leader.status().pendingTimers())
                .orElse(0);
        if (pending > 4 * near + TIMERS_SLACK) {
            throw new Violation(Invariant.MEMORY_FOLLOWS_HORIZON, "timers=" + pending + " near=" + near);
        }
    }

    private void accepted() {
        for (JobId job : model.jobById.keySet()) {
            if (house.truth(job.partition()).spec(job).isEmpty()) {
                throw new Violation(Invariant.ACCEPTED_IS_DURABLE, "an accepted job is gone; job=" + job);
            }
        }
    }

    /** Whether every job has come to its end; empty, or what has not. */
    Optional<String> unfinished() {
        for (int partition = 0; partition < house.partitions(); partition++) {
            StoreReader reader = house.truth(partition).reader();
            for (Run run : reader.openRuns(Optional.empty(), _ -> true, 1)) {
                return Optional.of(
                        "a run is open; run=" + run.id() + " state=" + run.state() + " marks=" + run.marks());
            }
        }
        for (ModelJob job : model.jobById.values()) {
            if (job.kind != ModelJob.Kind.FAR && job.kind != ModelJob.Kind.MANUAL && !over(job.id)) {
                return Optional.of("a job is not over; job=" + job.id + " kind=" + job.kind);
            }
        }
        return Optional.empty();
    }

    private boolean over(JobId job) {
        return reader(job)
                .job(job)
                .flatMap(JobRow::state)
                .filter(state -> state.phase() == JobPhase.FINISHED || state.phase() == JobPhase.CANCELLED)
                .isPresent();
    }

    /** When everything has come to rest. */
    void end() {
        accepted();
        for (int partition = 0; partition < house.partitions(); partition++) {
            counters(partition);
        }
        for (ModelJob job : model.jobById.values()) {
            switch (job.kind) {
                case ONCE -> once(job);
                case EVERY, CRON_MINUTES, CRON_SECONDS -> ledger(job);
                case MANUAL -> {}
                case FAR -> waits(job);
            }
            history(job);
        }
        extra();
        completions();
    }

    private void waits(ModelJob job) {
        if (reader(job.id).job(job.id).flatMap(JobRow::state).isPresent()) {
            throw new Violation(Invariant.NEVER_EARLY, "a far job does not wait any more; job=" + job.id);
        }
    }

    private void once(ModelJob job) {
        if (job.firstMs == Long.MAX_VALUE || job.cancelSentElapsedMs != Long.MAX_VALUE) {
            return;
        }
        if (reader(job.id).run(RunId.scheduled(job.id, job.firstMs)).isEmpty()) {
            throw new Violation(Invariant.NO_LOST_RUN, "a one-off has no verdict; job=" + job.id);
        }
    }

    private void ledger(ModelJob job) {
        if (job.firstMs == Long.MAX_VALUE) {
            return;
        }
        if (job.edited) {
            editedLedger(job);
            return;
        }
        List<Long> expected = job.expected();
        RunState[] verdicts = new RunState[expected.size()];
        for (LedgerLine line : reader(job.id).ledger(job.id, 0, ALL)) {
            int from = expected.indexOf(line.fromMs());
            int to = expected.indexOf(line.toMs());
            if (from < 0 || to < 0 || to - from + 1 != line.count()) {
                throw new Violation(
                        Invariant.LEDGER_MATCHES_EXPECTED, "a line names other instants; " + line + " " + expected);
            }
            for (int i = from; i <= to; i++) {
                if (verdicts[i] != null) {
                    throw new Violation(Invariant.LEDGER_MATCHES_EXPECTED, "two verdicts; " + line);
                }
                verdicts[i] = line.verdict();
            }
        }
        holes(job, expected, verdicts);
    }

    /** Every line counts instants of the schedule, none twice, and all the runs it may have were decided. */
    private void editedLedger(ModelJob job) {
        long decided = 0;
        long afterMs = -1;
        for (LedgerLine line : reader(job.id).ledger(job.id, 0, ALL)) {
            if (line.fromMs() <= afterMs || line.count() != job.namesBetween(line.fromMs(), line.toMs())) {
                throw new Violation(Invariant.LEDGER_MATCHES_EXPECTED, "a line names other instants; " + line);
            }
            afterMs = line.toMs();
            decided += line.count();
        }
        boolean cancelled = job.cancelSentElapsedMs != Long.MAX_VALUE;
        if (decided != job.runs() && !cancelled) {
            throw new Violation(
                    Invariant.NO_LOST_RUN,
                    "verdicts are missing; job=" + job.id + " decided=" + decided + " runs=" + job.runs());
        }
    }

    private static void holes(ModelJob job, List<Long> expected, RunState[] verdicts) {
        boolean cancelled = job.cancelSentElapsedMs != Long.MAX_VALUE;
        boolean hole = false;
        for (int i = 0; i < verdicts.length; i++) {
            if (verdicts[i] == null && !cancelled) {
                throw new Violation(
                        Invariant.NO_LOST_RUN, "no verdict; job=" + job.id + " nominalMs=" + expected.get(i));
            }
            if (verdicts[i] != null && hole) {
                throw new Violation(Invariant.LEDGER_MATCHES_EXPECTED, "a hole before a verdict; job=" + job.id);
            }
            hole |= verdicts[i] == null;
            boolean ran = verdicts[i] == RunState.SUCCEEDED || verdicts[i] == RunState.DEAD;
            if (job.mustRunAll() && !ran) {
                throw new Violation(
                        Invariant.CLOCK_JUMPS_CHANGE_WHEN_NOT_HOW_MANY,
                        "it did not run; job=" + job.id + " nominalMs=" + expected.get(i) + " verdict=" + verdicts[i]);
            }
        }
    }

    private void history(ModelJob job) {
        Set<String> ended = new HashSet<>();
        int successes = 0;
        for (Run run : reader(job.id).history(job.id, Long.MAX_VALUE, ALL)) {
            if (!ended.add(run.id() + "/" + run.series())) {
                throw new Violation(
                        Invariant.ONE_COMPLETION_PER_RUN,
                        "it ended twice; run=" + run.id() + " series=" + run.series());
            }
            if (run.state() == RunState.SUCCEEDED) {
                successes++;
                long token = run.attempts().getLast().token();
                if (!model.executed(run.id(), token)) {
                    throw new Violation(
                            Invariant.ONE_COMPLETION_PER_RUN,
                            "nobody executed it; run=" + run.id() + " token=" + token);
                }
            }
        }
        long runs = reader(job.id).history(job.id, Long.MAX_VALUE, ALL).stream()
                .map(Run::id)
                .distinct()
                .count();
        if (successes > runs) {
            throw new Violation(Invariant.ONE_COMPLETION_PER_RUN, "more successes than runs; job=" + job.id);
        }
    }

    /** No run has an instant that the schedule does not name, and no more manual runs than were asked for. */
    private void extra() {
        List<RunId> runs = new ArrayList<>(model.executed());
        for (RunId run : runs) {
            ModelJob job = model.jobById.get(run.job());
            if (job == null || job.firstMs == Long.MAX_VALUE) {
                continue;
            }
            boolean named = switch (run.kind()) {
                case SCHEDULED ->
                    job.edited ? job.names(run.nominalMs()) : job.expected().contains(run.nominalMs());
                case MANUAL -> run.number() <= job.manualRequests;
                case BACKFILL -> run.number() <= job.backfillRequests && job.names(run.nominalMs());
            };
            if (!named) {
                throw new Violation(Invariant.ONE_RUN_PER_FIRE, "nobody asked for it; run=" + run);
            }
        }
    }

    private void completions() {
        model.succeeded().forEach((run, series) -> {
            Optional<Run> now = reader(run.job()).run(run);
            if (now.isEmpty()
                    || now.get().state() != RunState.SUCCEEDED
                    || now.get().series() != series) {
                throw new Violation(
                        Invariant.ONE_COMPLETION_PER_RUN,
                        "an accepted success did not stay; run=" + run + " now=" + now.map(Run::state));
            }
        });
    }
}
