package dev.kalends.cli.chaos;

import dev.kalends.cli.history.Fault;
import dev.kalends.cli.history.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a cell.
 *
 * @param verdict empty where it could not be carried out
 * @param notes for whom it interests
 * @param failures what is wrong beside the history
 */
record CellReport(
        String cell, Optional<Verdict> verdict, Recovery recovery, List<String> notes, List<String> failures) {
    private static final String LAYOUT = "%-15s %8s %5s %8s %6s %12s %5s %6s %7s %7s %8s  %s";

    boolean sound() {
        return failures.isEmpty() && verdict.map(Verdict::sound).orElse(false);
    }

    static String head() {
        return String.format(
                Locale.ROOT,
                LAYOUT,
                "CELL",
                "RUNS",
                "LOST",
                "DOUBLED",
                "EARLY",
                "UNEXPLAINED",
                "LATE",
                "AGAIN",
                "P50 MS",
                "P99 MS",
                "WORST MS",
                "FIRED AGAIN AFTER min/p50/p90/max");
    }

    String line() {
        if (verdict.isEmpty()) {
            return String.format(Locale.ROOT, "%-15s not carried out: %s", cell, String.join("; ", failures));
        }
        Verdict judged = verdict.get();
        return String.format(
                Locale.ROOT,
                LAYOUT,
                cell,
                judged.targets(),
                judged.count(Fault.LOST),
                judged.count(Fault.DOUBLED),
                judged.count(Fault.EARLY),
                judged.count(Fault.UNEXPLAINED),
                judged.count(Fault.LATE),
                judged.again(),
                judged.quantileMs(0.5),
                judged.quantileMs(0.99),
                judged.quantileMs(1),
                recovery);
    }
}
