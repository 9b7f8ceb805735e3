package dev.kalends.server;

import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.runtime.PartitionHandle;
import java.util.List;
import java.util.Optional;

/** Finds the name that was probably meant: the nearest one by edits among names that begin alike. */
final class NameGuess {
    private static final int NAMES_MAX = 2_000;
    private static final int PAGE = 500;
    private static final int CHARS_MAX = 200;

    private final Partitions partitions;

    NameGuess(Partitions partitions) {
        this.partitions = partitions;
    }

    /** The nearest name, if it is near enough to be a typo: at most a third of its characters differ. */
    Optional<String> of(String typed, Scope scope) {
        if (typed.isEmpty() || typed.length() > CHARS_MAX || scope.tenant().isEmpty()) {
            return Optional.empty();
        }
        String best = "";
        int bestEdits = Math.max(1, typed.length() / 3) + 1;
        for (PartitionHandle handle : partitions.all()) {
            for (int begin = Math.min(2, typed.length()); begin >= 1; begin--) {
                String after = "";
                for (int seen = 0; seen < NAMES_MAX; seen += PAGE) {
                    List<JobRow> rows =
                            handle.reader().jobsNamed(scope.tenant().get(), typed.substring(0, begin), after, PAGE);
                    for (JobRow row : rows) {
                        String name = row.spec().display();
                        int edits = edits(typed, name, bestEdits);
                        if (edits < bestEdits) {
                            best = name;
                            bestEdits = edits;
                        }
                        after = name;
                    }
                    if (rows.size() < PAGE) {
                        break;
                    }
                }
                if (!best.isEmpty()) {
                    break;
                }
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Levenshtein's distance, given up at a bound. */
    static int edits(String from, String to, int bound) {
        if (Math.abs(from.length() - to.length()) >= bound) {
            return bound;
        }
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
                least = Math.min(least, row[j]);
            }
            if (least >= bound) {
                return bound;
            }
        }
        return row[to.length()];
    }
}
