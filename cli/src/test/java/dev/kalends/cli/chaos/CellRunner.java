package dev.kalends.cli.chaos;

import dev.kalends.api.StatsView;
import dev.kalends.cli.history.Finding;
import dev.kalends.cli.history.History;
import dev.kalends.cli.history.HistoryChecker;
import dev.kalends.cli.history.HistoryFiles;
import dev.kalends.cli.history.Need;
import dev.kalends.cli.history.RunRecord;
import dev.kalends.cli.history.Target;
import dev.kalends.cli.history.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out cells one after the other: load, blow, quiet, judgement. A site is used again by the next cell that needs
 * the same one, unless something was wrong on it.
 */
final class CellRunner implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofMinutes(4);
    private static final int SHOWN = 10;
    private static final double WARM_RATE = 50;

    private final ChaosOptions options;
    private final Shell shell;
    private Optional<Site> site = Optional.empty();
    private int sites;
    private int cells;

    CellRunner(ChaosOptions options, Shell shell) {
        this.options = options;
        this.shell = shell;
    }

    CellReport run(Cell cell) throws Exception {
        options.say("== " + cell.name() + ": " + cell.about());
        cells++;
        List<String> failures = new ArrayList<>();
        try {
            CellReport report = attempt(cell);
            report.failures().forEach(failure -> options.say("    FAILURE " + failure));
            options.say("    " + report.verdict().map(Verdict::figures).orElse(""));
            if (!report.sound()) {
                closeSite();
            }
            return report;
        } catch (CellFailure e) {
            failures.add(String.valueOf(e.getMessage()));
            options.say("    NOT CARRIED OUT " + e.getMessage());
            closeSite();
            return new CellReport(cell.name(), Optional.empty(), new Recovery(List.of()), List.of(), failures);
        }
    }

    private CellReport attempt(Cell cell) throws Exception {
        Site where = siteFor(cell.site().apply(options.site()));
        String prefix = cell.name() + cells;
        LoadPlan plan = cell.load().apply(LoadPlan.of(prefix, options.rate(), options.seconds()));
        try (Recorder recorder = new Recorder();
                Load load = new Load(plan, where.urls(), recorder, where.tokens())) {
            CpuShares cpu = new CpuShares(where);
            load.start();
            Waits.untilMs(load.fromMs());
            cpu.begin();
            CellRun run = new CellRun(where, load, recorder, new Random(options.seed() + cells), options);
            cell.blow().strike(run);
            Waits.untilMs(load.untilMs());
            List<String> notes = new ArrayList<>(run.notes());
            notes.add("cpu: " + cpu.end());
            load.await();
            settle(where);
            List<Target> targets = load.targets();
            List<String> failures = new ArrayList<>();
            List<RunRecord> records = records(where, plan.prefix(), load, failures);
            History history = new History(targets, recorder.executions(), records);
            HistoryFiles.write(directory(cell), history);
            Verdict verdict = HistoryChecker.judge(history);
            tell(verdict);
            Recovery recovery = recovery(cell, run.marks(), history, notes);
            if (load.inDoubt() > 0) {
                notes.add("submits in doubt: " + load.inDoubt());
            }
            notes.add(Stages.of(records));
            return new CellReport(cell.name(), Optional.of(verdict), recovery, notes, failures);
        }
    }

    private static Recovery recovery(Cell cell, List<CellRun.Mark> marks, History history, List<String> notes) {
        Recovery recovery = Recovery.of(marks, history.records());
        Recovery cutOff = Recovery.ofCutOff(marks, history.executions());
        if (!cutOff.afterMs().isEmpty()) {
            notes.add("runs that were cut off went on after " + cutOff);
        }
        Recovery lateness = Recovery.lateness(marks, history.records());
        if (!lateness.afterMs().isEmpty()) {
            notes.add("of what came due in the 10 s after, the latest was late by " + lateness);
        }
        long longestMs = Math.max(recovery.quantileMs(1), cutOff.quantileMs(1));
        if (cell.recoversWithinMs() > 0 && longestMs > cell.recoversWithinMs()) {
            notes.add("slower than " + cell.recoversWithinMs() + " ms: " + longestMs + " ms");
        }
        return recovery;
    }

    private Path directory(Cell cell) {
        return options.directory().resolve("history-" + cells + "-" + cell.name());
    }

    private void tell(Verdict verdict) {
        verdict.findings().stream()
                .collect(Collectors.groupingBy(Finding::fault))
                .forEach((_, findings) ->
                        findings.stream().limit(SHOWN).forEach(finding -> options.say("    " + finding)));
    }

    private Site siteFor(SitePlan plan) throws Exception {
        if (site.isPresent() && site.get().plan().equals(plan)) {
            return site.get();
        }
        closeSite();
        options.say("    starting " + (plan.home() == SitePlan.Home.CLUSTER ? "broker, etcd, " : "") + plan.nodes()
                + " node(s), " + plan.workers() + " worker(s)");
        Site fresh = Site.start(plan, options.directory().resolve("site-" + ++sites), shell);
        site = Optional.of(fresh);
        warm(fresh);
        return fresh;
    }

    /** A compiler that is still busy with code that is new to it is no fault of a cluster. */
    private void warm(Site fresh) throws Exception {
        // For figures it must have done what it will be measured with: compilers go by how often.
        double most = options.warmSeconds() > ChaosOptions.WARM_SECONDS ? options.rate() : WARM_RATE;
        LoadPlan plan = LoadPlan.of("warm" + sites, Math.min(options.rate(), most), options.warmSeconds());
        try (Recorder recorder = new Recorder();
                Load load = new Load(plan, fresh.urls(), recorder, fresh.tokens())) {
            load.start();
            Waits.untilMs(load.untilMs());
            load.await();
            settle(fresh);
        }
    }

    /** Waits until no run is open on any node. */
    private static void settle(Site where) throws Exception {
        Waits.until("every run has ended", SETTLE, () -> {
            for (String node : where.nodes()) {
                StatsView stats = where.client(node).stats();
                long open = 0;
                for (String state : List.of("ready", "running", "retrying")) {
                    open += stats.runs().getOrDefault(state, 0L);
                }
                if (open > 0) {
                    Waits.pass(Duration.ofMillis(200));
                    return false;
                }
            }
            return true;
        });
    }

    /** The records of one node, when all have the same and nothing is missing; a replica may need a moment. */
    private List<RunRecord> records(Site where, String prefix, Load load, List<String> failures) {
        Set<String> expected = load.targets().stream()
                .filter(target -> target.need() == Need.REQUIRED)
                .map(target -> target.job() + " " + target.nominalMs())
                .collect(Collectors.toSet());
        List<RunRecord> first = List.of();
        for (int tries = 0; tries < 3; tries++) {
            first = Records.read(where.client(), prefix, load.jobNameById());
            Set<String> missing = new HashSet<>(expected);
            first.forEach(run -> missing.remove(run.job() + " " + run.nominalMs()));
            if (missing.isEmpty()) {
                break;
            }
            Waits.pass(Duration.ofSeconds(3));
        }
        for (String node : where.nodes()) {
            List<RunRecord> others = Records.read(where.client(node), prefix, load.jobNameById());
            if (!ends(others).equals(ends(first))) {
                failures.add("a replica has another history; node=" + node + " runs=" + others.size() + " of="
                        + first.size());
            }
        }
        return first;
    }

    private static Set<String> ends(List<RunRecord> records) {
        return records.stream().map(run -> run.run() + " " + run.state()).collect(Collectors.toSet());
    }

    private void closeSite() throws IOException {
        if (site.isPresent()) {
            site.get().close();
        }
        site = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        closeSite();
    }
}
