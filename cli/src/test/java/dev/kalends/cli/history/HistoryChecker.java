package dev.kalends.cli.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges a history, job by job.
 *
 * <p>By the witnesses: each target needs a complete run of its own. The first complete execution of every run id is
 * given, in the order of their starts, to the open target with the earliest deadline; what is left over then goes to
 * targets whose window is past, and is late. An id decides only which executions are one run, never which target one
 * belongs to: a product that names its runs wrongly is not believed. A further complete execution of a run is
 * <i>again</i> when its attempt and token rose and no earlier attempt is on record as succeeded; else it is doubled.
 *
 * <p>By the records, for all jobs: each required target has one record, and it succeeded.
 */
public final class HistoryChecker {
    private final Map<String, List<Target>> targetsByJob = new TreeMap<>();
    private final Map<String, List<Execution>> executionsByJob = new TreeMap<>();
    private final Map<String, List<RunRecord>> recordsByJob = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Long> startAfterMs = new ArrayList<>();
    private int required;
    private int executed;
    private int again;
    private int cut;

    private HistoryChecker(History history) {
        for (Target target : history.targets()) {
            targetsByJob.computeIfAbsent(target.job(), _ -> new ArrayList<>()).add(target);
        }
        for (Execution execution : history.executions()) {
            executionsByJob
                    .computeIfAbsent(execution.job(), _ -> new ArrayList<>())
                    .add(execution);
        }
        for (RunRecord run : history.records()) {
            recordsByJob.computeIfAbsent(run.job(), _ -> new ArrayList<>()).add(run);
        }
    }

    public static Verdict judge(History history) {
        return new HistoryChecker(history).verdict();
    }

    private Verdict verdict() {
        Set<String> jobs = new LinkedHashSet<>(targetsByJob.keySet());
        jobs.addAll(executionsByJob.keySet());
        jobs.addAll(recordsByJob.keySet());
        for (String job : jobs) {
            List<Target> targets = new ArrayList<>(targetsByJob.getOrDefault(job, List.of()));
            targets.sort(Comparator.comparingLong(Target::deadlineMs).thenComparingLong(Target::nominalMs));
            List<Execution> executions = new ArrayList<>(executionsByJob.getOrDefault(job, List.of()));
            executions.sort(Comparator.comparingLong(Execution::startMs).thenComparingLong(Execution::token));
            List<RunRecord> records = recordsByJob.getOrDefault(job, List.of());
            required += (int) targets.stream()
                    .filter(target -> target.need() == Need.REQUIRED)
                    .count();
            byWitness(targets, runs(executions, records));
            byRecord(targets, records);
        }
        long[] starts =
                startAfterMs.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Verdict(findings, required, executed, again, cut, starts);
    }

    /** The first complete execution of each run, by start; the others are judged here. */
    private List<Execution> runs(List<Execution> executions, List<RunRecord> records) {
        Map<String, List<String>> endsByRun = new HashMap<>();
        records.forEach(run -> endsByRun.put(run.run(), run.attempts()));
        Map<String, Execution> lastByRun = new HashMap<>();
        Set<String> completed = new HashSet<>();
        List<Execution> runs = new ArrayList<>();
        for (Execution execution : executions) {
            if (execution.startMs() < execution.nominalMs()) {
                find(Fault.EARLY, execution.job(), shown(execution));
            }
            Execution before = lastByRun.put(execution.run(), execution);
            boolean rose =
                    before == null || (execution.token() > before.token() && execution.attempt() > before.attempt());
            if (!rose) {
                find(Fault.DOUBLED, execution.job(), shown(execution) + " after " + shown(before));
            }
            if (!execution.complete()) {
                cut++;
                continue;
            }
            executed++;
            if (completed.add(execution.run())) {
                runs.add(execution);
            } else if (rose) {
                further(execution, endsByRun.getOrDefault(execution.run(), List.of()));
            }
        }
        return runs;
    }

    private void further(Execution execution, List<String> ends) {
        int earlier = Math.min(execution.attempt() - 1, ends.size());
        if (ends.subList(0, Math.max(0, earlier)).contains(RunRecord.SUCCEEDED)) {
            find(Fault.DOUBLED, execution.job(), shown(execution) + " after an attempt that succeeded; ends=" + ends);
        } else {
            again++;
        }
    }

    private void byWitness(List<Target> targets, List<Execution> runs) {
        List<Target> open =
                new ArrayList<>(targets.stream().filter(Target::witnessed).toList());
        List<Execution> left = new ArrayList<>();
        for (Execution run : runs) {
            if (!give(run, open, Target::deadlineMs)) {
                left.add(run);
            }
        }
        for (Execution run : left) {
            if (give(run, open, _ -> Long.MAX_VALUE)) {
                continue;
            }
            Target next = open.stream()
                    .min(Comparator.comparingLong(Target::nominalMs))
                    .orElse(null);
            if (next != null && run.startMs() >= run.nominalMs()) {
                open.remove(next);
                find(Fault.EARLY, run.job(), shown(run) + " nominalMs=" + next.nominalMs());
            } else {
                find(Fault.UNEXPLAINED, run.job(), shown(run));
            }
        }
        for (Target target : open) {
            if (target.need() == Need.REQUIRED) {
                find(Fault.LOST, target.job(), "no complete execution; nominalMs=" + target.nominalMs());
            }
        }
    }

    /** A target's end, as far as a pass is concerned. */
    private interface End {
        long ofMs(Target target);
    }

    /** Gives a run to the open target with the earliest deadline; those are in that order. */
    private boolean give(Execution run, List<Target> open, End end) {
        for (Target target : open) {
            if (target.nominalMs() <= run.startMs() && run.startMs() <= end.ofMs(target)) {
                open.remove(target);
                startAfterMs.add(run.startMs() - target.nominalMs());
                if (run.startMs() > target.deadlineMs()) {
                    find(Fault.LATE, run.job(), shown(run) + " deadlineMs=" + target.deadlineMs());
                }
                if (target.need() == Need.FORBIDDEN) {
                    find(Fault.UNEXPLAINED, run.job(), "cancelled before; " + shown(run));
                }
                return true;
            }
        }
        return false;
    }

    private void byRecord(List<Target> targets, List<RunRecord> records) {
        Map<Long, RunRecord> recordByNominal = new HashMap<>();
        for (RunRecord run : records) {
            if (recordByNominal.put(run.nominalMs(), run) != null) {
                find(Fault.DOUBLED, run.job(), "two records; run=" + run.run());
            }
            if (run.startedMs() != 0 && run.startedMs() < run.nominalMs()) {
                find(Fault.EARLY, run.job(), "by its record; run=" + run.run() + " startedMs=" + run.startedMs());
            }
        }
        for (Target target : targets) {
            RunRecord run = recordByNominal.remove(target.nominalMs());
            if (run == null) {
                if (target.need() == Need.REQUIRED) {
                    find(Fault.LOST, target.job(), "no record; nominalMs=" + target.nominalMs());
                }
                continue;
            }
            if (target.need() == Need.REQUIRED && !run.succeeded()) {
                find(Fault.LOST, target.job(), "on record as " + run.state() + "; run=" + run.run());
            }
            if (target.need() == Need.FORBIDDEN && run.succeeded()) {
                find(Fault.UNEXPLAINED, target.job(), "cancelled before, on record as succeeded; run=" + run.run());
            }
            if (!target.witnessed() && run.startedMs() != 0) {
                startAfterMs.add(run.startedMs() - target.nominalMs());
                if (run.startedMs() > target.deadlineMs()) {
                    find(Fault.LATE, run.job(), "by its record; run=" + run.run());
                }
            }
        }
        for (RunRecord run : recordByNominal.values()) {
            find(Fault.UNEXPLAINED, run.job(), "a record without a target; run=" + run.run());
        }
    }

    private void find(Fault fault, String job, String what) {
        findings.add(new Finding(fault, job, what));
    }

    private static String shown(Execution execution) {
        return "run=" + execution.run() + " attempt=" + execution.attempt() + " token=" + execution.token()
                + " startMs=" + execution.startMs() + " endMs=" + execution.endMs();
    }
}
