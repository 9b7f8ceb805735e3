package dev.kalends.sim;

import dev.kalends.api.Grant;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;
import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the outside world knows of a history: acknowledged answers, executions, verdicts on reports. */
final class Model {
    private static final String ACCEPTED = "accepted";

    /** One execution of one attempt by one worker. */
    private static final class Execution {
        final Grant grant;
        final String worker;
        final long startedElapsedMs;
        boolean frozen;
        boolean over;

        Execution(Grant grant, String worker, long startedElapsedMs) {
            this.grant = grant;
            this.worker = worker;
            this.startedElapsedMs = startedElapsedMs;
        }
    }

    private record Series(String run, int series) {}

    private final Timeline timeline;
    private final WallHistory walls;
    final Map<JobId, ModelJob> jobById = new LinkedHashMap<>();
    private final Map<Long, Execution> executionByToken = new HashMap<>();
    private final TreeMap<String, List<Execution>> executionsByRun = new TreeMap<>();
    private final Map<Series, String> successByRun = new HashMap<>();
    private final Map<RunId, Integer> succeeded = new LinkedHashMap<>();

    Model(Timeline timeline, WallHistory walls) {
        this.timeline = timeline;
        this.walls = walls;
    }

    /** Tokens are a partition's: two partitions may give out the same. */
    private static long key(Grant grant) {
        return key(grant.run(), grant.token());
    }

    private static long key(String run, long token) {
        return token * 4 + WorkerLink.run(run).job().partition();
    }

    void started(Grant grant, String worker, long claimSentMs) {
        RunId run = WorkerLink.run(grant.run());
        timeline.log(worker + " starts " + grant.run() + " token=" + grant.token() + " attempt=" + grant.attempt());
        List<Execution> before = executionsByRun.computeIfAbsent(grant.run(), _ -> new ArrayList<>());
        for (Execution other : before) {
            if (!other.over && !other.frozen) {
                throw new Violation(
                        Invariant.ONE_LIVE_PER_RUN,
                        grant.run() + " starts at " + worker + " while " + other.worker + " executes it; token="
                                + grant.token() + " other=" + other.grant.token());
            }
            if (other.grant.token() >= grant.token()) {
                throw new Violation(
                        Invariant.ONE_LIVE_PER_RUN,
                        "tokens do not rise; run=" + grant.run() + " token=" + grant.token() + " before="
                                + other.grant.token());
            }
        }
        ModelJob job = jobById.get(run.job());
        if (job != null) {
            early(run, job, claimSentMs);
        }
        Execution execution = new Execution(grant, worker, timeline.elapsedMs());
        before.add(execution);
        if (executionByToken.put(key(grant), execution) != null) {
            throw new Violation(Invariant.ONE_LIVE_PER_RUN, "a token was given twice; token=" + grant.token());
        }
    }

    private void early(RunId run, ModelJob job, long claimSentMs) {
        if (run.kind() == RunKind.SCHEDULED && run.nominalMs() > walls.highestSince(job.submittedElapsedMs)) {
            throw new Violation(Invariant.NEVER_EARLY, run + " starts before its instant");
        }
        if (claimSentMs > job.cancelAckedElapsedMs) {
            throw new Violation(Invariant.NEVER_EARLY, run + " starts after its cancel was acknowledged");
        }
        // A manual run may have been forced.
        if (run.kind() != RunKind.MANUAL && claimSentMs > job.heldSinceElapsedMs) {
            throw new Violation(Invariant.PAUSED_DOES_NOT_START, run + " starts while its job is paused");
        }
    }

    void ended(Grant grant) {
        Execution execution = executionByToken.get(key(grant));
        if (execution != null) {
            execution.over = true;
        }
    }

    void frozen(Grant grant, boolean isFrozen) {
        Execution execution = executionByToken.get(key(grant));
        if (execution != null) {
            execution.frozen = isFrozen;
        }
    }

    /** A worker learnt what became of its reports. */
    void reported(ReportRequest request, ReportAnswer answer, long sentMs) {
        for (int i = 0; i < request.reports().size(); i++) {
            ReportRequest.Report report = request.reports().get(i);
            timeline.log(request.worker() + " reported " + report.run() + " token=" + report.token() + " "
                    + report.end() + ": " + answer.verdicts().get(i));
            if (answer.verdicts().get(i).equals(ACCEPTED)) {
                accepted(report, sentMs);
            }
        }
    }

    private void accepted(ReportRequest.Report report, long sentMs) {
        for (Execution other : executionsByRun.getOrDefault(report.run(), List.of())) {
            if (other.grant.token() > report.token() && other.startedElapsedMs < sentMs) {
                throw new Violation(
                        Invariant.ONE_COMPLETION_PER_RUN,
                        "a stale report was accepted; run=" + report.run() + " token=" + report.token() + " newer="
                                + other.grant.token());
            }
        }
        if (!report.end().equals("succeeded")) {
            return;
        }
        String mine = request(report);
        String other = successByRun.putIfAbsent(new Series(report.run(), report.series()), mine);
        if (other != null && !other.equals(mine)) {
            throw new Violation(
                    Invariant.ONE_COMPLETION_PER_RUN, "two successes; run=" + report.run() + " " + other + " " + mine);
        }
        succeeded.put(WorkerLink.run(report.run()), report.series());
    }

    private static String request(ReportRequest.Report report) {
        return "token=" + report.token();
    }

    /** Runs whose success was accepted, with the series in which it was. */
    Map<RunId, Integer> succeeded() {
        return succeeded;
    }

    /** Whether some worker executed a run under a token. */
    boolean executed(RunId run, long token) {
        return executionByToken.containsKey(key(run.toString(), token));
    }

    /** All runs that were ever executed. */
    List<RunId> executed() {
        return executionsByRun.keySet().stream().map(WorkerLink::run).toList();
    }
}
