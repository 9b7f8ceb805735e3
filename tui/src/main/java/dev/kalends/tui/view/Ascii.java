package dev.kalends.tui.view;

import java.util.Map;

/** Our own signs in ASCII; what others wrote and is not ASCII becomes a question mark. */
final class Ascii {
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("┌", "+"),
            Map.entry("┐", "+"),
            Map.entry("└", "+"),
            Map.entry("┘", "+"),
            Map.entry("─", "-"),
            Map.entry("│", "|"),
            Map.entry("█", "#"),
            Map.entry("▓", "%"),
            Map.entry("▒", "+"),
            Map.entry("░", "."),
            Map.entry("▁", "_"),
            Map.entry("▂", "."),
            Map.entry("▃", ":"),
            Map.entry("▄", "-"),
            Map.entry("▅", "="),
            Map.entry("▆", "+"),
            Map.entry("▇", "*"),
            Map.entry("▶", ">"),
            Map.entry("●", "*"),
            Map.entry("◌", "o"),
            Map.entry("✗", "x"),
            Map.entry("✓", "v"),
            Map.entry("❚", "|"),
            Map.entry("…", "~"),
            Map.entry("—", "-"),
            Map.entry("−", "-"),
            Map.entry("·", "."),
            Map.entry("→", ">"),
            Map.entry("›", ">"));

    private Ascii() {}

    static Cell of(Cell cell) {
        boolean plain = cell.text().chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (cell.columns() == 0) {
            return new Cell(" ", 1, cell.style());
        }
        return plain ? cell : new Cell(SIGNS.getOrDefault(cell.text(), "?"), 1, cell.style());
    }
}
