package dev.kalends.cli.command;

import java.util.Collection;
import java.util.Optional;

/** The word that was probably meant: the one with the fewest typing errors, if those are few. */
public final class Nearest {
    private Nearest() {}

    /** The nearest of the known words, at most a third of whose letters are wrong. */
    public static Optional<String> to(String typed, Collection<String> known) {
        String nearest = null;
        int fewest = Math.max(1, typed.length() / 3) + 1;
        for (String word : known) {
            int errors = word.startsWith(typed) && typed.length() > 2 ? 1 : distance(typed, word);
            if (errors < fewest) {
                fewest = errors;
                nearest = word;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
