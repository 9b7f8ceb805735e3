package dev.kalends.server;

import dev.kalends.api.HandoffView;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.StoreReader;
import dev.kalends.partition.Fingerprint;
import dev.kalends.schedule.InstantText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers what a shift's history holds, partition by partition, a bounded amount of it. Used by one request. */
final class ShiftReading {
    /** History lines that one report reads, at most. */
    static final int LINES_MAX = 500_000;
    /** Jobs whose ledger one report reads, at most. */
    static final int JOBS_MAX = 20_000;

    private static final int PAGE = 2_000;
    private static final int LETTERS_MAX = 100_000;
    private static final int JOBS_SHOWN = 5;
    private static final int GROUPS_MAX = 200;
    /** Lines are in the order of their commits, not quite in that of their ends. */
    private static final long DISORDER_MS = 600_000;

    private final JobNames names;
    private final Scope scope;
    private final long sinceMs;
    private final long sloMs;
    private final Map<String, Long> countByState = new TreeMap<>();
    private final Map<String, Failed> failedByFingerprint = new HashMap<>();
    private final Map<String, Omitted> omittedByReason = new TreeMap<>();
    private int linesLeft = LINES_MAX;
    private int jobsLeft = JOBS_MAX;
    private boolean complete = true;
    private long late;
    private Optional<Run> worst = Optional.empty();

    private static final class Failed {
        private final Set<RunId> runs = new HashSet<>();
        private final Set<String> jobs = new TreeSet<>();
        private String error = "";
        private long stillDead;
        private long redriven;
        private long recovered;
        private long firstMs = Long.MAX_VALUE;
        private long lastMs;
    }

    private static final class Omitted {
        private final Set<String> jobs = new TreeSet<>();
        private long count;
    }

    ShiftReading(JobNames names, Scope scope, long sinceMs, long sloMs) {
        this.names = names;
        this.scope = scope;
        this.sinceMs = sinceMs;
        this.sloMs = sloMs;
    }

    /** Reads one partition. */
    void read(StoreReader reader) {
        Map<RunId, Run> newestByRun = new HashMap<>();
        history(reader, newestByRun);
        Set<RunId> dead = new HashSet<>();
        Optional<RunId> after = Optional.empty();
        while (!failedByFingerprint.isEmpty() && dead.size() < LETTERS_MAX) {
            List<DeadLetter> letters = reader.dead(after, _ -> true, PAGE);
            letters.forEach(letter -> dead.add(letter.run().id()));
            if (letters.size() < PAGE) {
                break;
            }
            after = Optional.of(letters.getLast().run().id());
        }
        for (Failed failed : failedByFingerprint.values()) {
            for (RunId run : failed.runs) {
                if (dead.contains(run)) {
                    failed.stillDead++;
                } else if (newestByRun.containsKey(run)) {
                    fate(reader, failed, run);
                }
            }
        }
        ledger(reader);
    }

    private static void fate(StoreReader reader, Failed failed, RunId run) {
        RunState now = reader.run(run).map(Run::state).orElse(RunState.DEAD);
        // A dead run without a letter was discarded.
        failed.redriven += now == RunState.DEAD ? 0 : 1;
        failed.recovered += now == RunState.SUCCEEDED ? 1 : 0;
    }

    private void history(StoreReader reader, Map<RunId, Run> newestByRun) {
        long before = Long.MAX_VALUE;
        while (before >= 0) {
            if (linesLeft <= 0) {
                complete = false;
                return;
            }
            StoreReader.HistoryPage page = reader.history(before, _ -> true, PAGE, PAGE);
            linesLeft -= PAGE;
            for (Run run : page.runs()) {
                if (run.times().finishedMs() >= sinceMs
                        && scope.sees(run.route().tenant())) {
                    take(run, newestByRun.putIfAbsent(run.id(), run) == null);
                }
            }
            boolean older =
                    !page.runs().isEmpty() && page.runs().getLast().times().finishedMs() < sinceMs - DISORDER_MS;
            before = older ? -1 : page.next();
        }
    }

    private void take(Run run, boolean newest) {
        if (newest) {
            countByState.merge(run.state().word(), 1L, Long::sum);
            long skewMs = run.skewMs().orElse(0L);
            if (skewMs > sloMs && !run.marks().catchUp()) {
                late++;
                worst = worst.filter(other -> other.skewMs().orElse(0L) >= skewMs)
                        .or(() -> Optional.of(run));
            }
        }
        if (run.state() == RunState.DEAD) {
            String error = run.reason().orElse("failed");
            Failed failed = failedByFingerprint.computeIfAbsent(Fingerprint.of(error), _ -> new Failed());
            failed.error = failed.error.isEmpty() ? error : failed.error;
            failed.runs.add(run.id());
            failed.jobs.add(name(run));
            failed.firstMs = Math.min(failed.firstMs, run.times().finishedMs());
            failed.lastMs = Math.max(failed.lastMs, run.times().finishedMs());
        }
    }

    private String name(Run run) {
        return names.name(run.id().job()).orElse(run.id().job().toString());
    }

    /** Fires that never became runs stand in the ledger alone, as stretches. */
    private void ledger(StoreReader reader) {
        Optional<dev.kalends.job.JobId> after = Optional.empty();
        while (true) {
            if (jobsLeft <= 0) {
                complete = false;
                return;
            }
            // Jobs that repeat come first: with the first one-off they are over.
            boolean[] oneOffs = {false};
            StoreReader.JobPage page = reader.jobs(
                    after,
                    row -> {
                        oneOffs[0] |= row.spec().id().day() > 0;
                        return row.spec().id().day() == 0
                                && scope.sees(row.spec().tenant());
                    },
                    PAGE,
                    PAGE);
            jobsLeft -= PAGE;
            page.rows().forEach(row -> ledger(reader, row));
            after = page.next();
            if (oneOffs[0] || after.isEmpty()) {
                return;
            }
        }
    }

    private void ledger(StoreReader reader, StoreReader.JobRow row) {
        for (LedgerLine line : reader.ledger(row.spec().id(), sinceMs, PAGE)) {
            boolean omitted = line.verdict() == RunState.SKIPPED || line.verdict() == RunState.MISSED;
            if (omitted && line.toMs() >= sinceMs) {
                String why = line.verdict().word() + "\t" + line.reason().orElse("");
                Omitted group = omittedByReason.computeIfAbsent(why, _ -> new Omitted());
                group.count += line.count();
                group.jobs.add(row.spec().display());
            }
        }
    }

    HandoffView view(String asOf, String since) {
        List<HandoffView.Failure> failures = new ArrayList<>();
        failedByFingerprint.forEach((print, failed) -> failures.add(new HandoffView.Failure(
                print,
                failed.error,
                failed.jobs.stream().limit(JOBS_SHOWN).toList(),
                failed.runs.size(),
                failed.stillDead,
                failed.redriven,
                failed.recovered,
                InstantText.format(failed.firstMs),
                InstantText.format(failed.lastMs))));
        failures.sort(Comparator.comparingLong(HandoffView.Failure::count)
                .reversed()
                .thenComparing(HandoffView.Failure::fingerprint));
        List<HandoffView.Omission> omitted = new ArrayList<>();
        omittedByReason.forEach((why, group) -> omitted.add(new HandoffView.Omission(
                why.substring(0, why.indexOf('\t')),
                why.substring(why.indexOf('\t') + 1),
                group.count,
                group.jobs.stream().limit(JOBS_SHOWN).toList())));
        return new HandoffView(
                asOf,
                since,
                countByState,
                failures.stream().limit(GROUPS_MAX).toList(),
                new HandoffView.Late(
                        sloMs,
                        late,
                        worst.map(run -> run.skewMs().orElse(0L)).orElse(0L),
                        worst.map(run -> run.id().toString()).orElse(null),
                        worst.map(this::name).orElse(null)),
                omitted.stream().limit(GROUPS_MAX).toList(),
                complete);
    }
}
