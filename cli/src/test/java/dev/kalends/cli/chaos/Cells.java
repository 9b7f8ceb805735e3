package dev.kalends.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The matrix: every cell there is, and which belong to what. */
final class Cells {
    /** Those that need no cluster. */
    private static final List<String> EMBEDDED = List.of("steady", "kill-leader", "kill-worker", "stop-worker");
    /** Those that CI runs. */
    static final List<String> SHORT = List.of("kill-leader", "kill-worker", "stop-leader", "broker-restart");

    private Cells() {}

    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of("steady", "nothing is broken", 0, _ -> {}));
        cells.addAll(Kills.cells());
        cells.addAll(Cuts.cells());
        cells.addAll(Members.cells());
        return cells;
    }

    /** Those of these names, or all that a home can have. */
    static List<Cell> chosen(List<String> names, SitePlan.Home home) {
        Predicate<Cell> fits = cell -> home == SitePlan.Home.CLUSTER || EMBEDDED.contains(cell.name());
        if (names.isEmpty()) {
            return all().stream().filter(fits).toList();
        }
        List<Cell> chosen = new ArrayList<>();
        for (String name : names) {
            Cell cell = all().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new CellFailure("there is no such cell; cell=" + name + " cells="
                            + String.join(",", all().stream().map(Cell::name).toList())));
            if (!fits.test(cell)) {
                throw new CellFailure("this cell needs a cluster; cell=" + name);
            }
            chosen.add(cell);
        }
        return chosen;
    }
}
