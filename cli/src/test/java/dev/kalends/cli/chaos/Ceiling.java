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
    private static final int STEP_SECONDS = 30;
    private static final long TOLERABLE_MS = 1_000;
    private static final double GROWTH = 1.4;
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
        try (CellRunner runner = new CellRunner(options, shell)) {
            for (double rate = options.rate(); rate <= RATE_MAX; rate *= GROWTH) {
                double tried = rate;
                Cell cell = Cell.of("rate-" + Math.round(rate), "nothing is broken", 0, _ -> {})
                        .under(load -> load.sharing(1, 0).at(tried, STEP_SECONDS));
                CellReport report = runner.run(cell);
                lines.add(report.line());
                lines.addAll(report.notes());
                Optional<Verdict> verdict = report.verdict();
                if (verdict.isEmpty() || verdict.get().quantileMs(0.99) > TOLERABLE_MS) {
                    break;
                }
                sustained = rate;
            }
        }
        options.say("\n" + CellReport.head());
        lines.forEach(options::say);
        options.say("sustained with p99 within " + TOLERABLE_MS + " ms: " + Math.round(sustained) + " fires a second");
    }
}
