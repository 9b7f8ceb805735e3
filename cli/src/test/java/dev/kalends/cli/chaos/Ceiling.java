package dev.kalends.cli.chaos;

import dev.kalends.cli.history.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Searches for the rate that a site sustains: runs that do nothing, all of recurring jobs, at a rate that grows until
 * the hundredth of them that waits longest waits for more than a second.
 */
final class Ceiling {
    private static final int STEP_SECONDS = 20;
    private static final long TOLERABLE_MS = 1_000;
    private static final double GROWTH = 1.6;
    private static final double RATE_MAX = 30_000;

    private final ChaosOptions options;
    private final Shell shell;

    Ceiling(ChaosOptions options, Shell shell) {
        this.options = options;
        this.shell = shell;
    }

    void search() throws Exception {
        List<String> lines = new ArrayList<>();
        double sustained = 0;
        ChaosOptions first = options;
        for (double rate = first.rate(); rate <= RATE_MAX; rate *= GROWTH) {
            ChaosOptions step = new ChaosOptions(
                    first.site(), rate, STEP_SECONDS, first.seed(), first.directory(), first.next(), first.out());
            Cell cell = Cell.of("rate-" + Math.round(rate), "nothing is broken", 0, _ -> {})
                    .under(load -> load.sharing(1, 0));
            CellReport report;
            // A site of its own for each: what the step before left behind would weigh on this one.
            try (CellRunner runner = new CellRunner(step, shell)) {
                report = runner.run(cell);
            }
            lines.add(report.line());
            lines.addAll(report.notes());
            Optional<Verdict> verdict = report.verdict();
            if (verdict.isEmpty() || verdict.get().quantileMs(0.99) > TOLERABLE_MS) {
                break;
            }
            sustained = rate;
        }
        options.say("\n" + CellReport.head());
        lines.forEach(options::say);
        options.say("sustained with p99 within " + TOLERABLE_MS + " ms: " + Math.round(sustained) + " fires a second");
    }
}
