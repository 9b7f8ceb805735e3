package dev.kalends.tui.view;

import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.update.Binding;
import dev.kalends.tui.update.KeyMap;
import java.util.ArrayList;
import java.util.List;

/** What lies over a screen: the keys, or a question. */
final class OverlayPane {
    private static final int COLUMNS = 76;
    private static final int KEY_COLUMNS = 18;

    private OverlayPane() {}

    static void draw(Grid grid, Area area, Model model) {
        switch (model.overlay()) {
            case Overlay.None _, Overlay.Filter _, Overlay.CommandLine _ -> {}
            case Overlay.Help help -> help(grid, area, model, help.page());
            case Overlay.Counting _ -> box(grid, area, "Asking the node", List.of("how much this would change…"), "");
            case Overlay.Confirm confirm -> confirm(grid, area, confirm);
        }
    }

    private static void confirm(Grid grid, Area area, Overlay.Confirm confirm) {
        boolean yes = confirm.wanted().equals("y");
        String ask = yes
                ? "y does it, Esc leaves it"
                : "Type " + confirm.wanted() + " and Enter to do it, Esc leaves it: " + confirm.typed() + "_";
        box(grid, area, confirm.title(), confirm.lines(), ask);
    }

    private static void box(Grid grid, Area area, String title, List<String> lines, String ask) {
        List<String> wrapped = new ArrayList<>();
        lines.forEach(line -> wrap(line, COLUMNS - 4, wrapped));
        Area box = area.middle(COLUMNS, wrapped.size() + 4);
        grid.clear(box);
        grid.frame(box, title, "");
        Area inside = box.inside().rightOf(1);
        for (int i = 0; i < wrapped.size(); i++) {
            grid.put(inside.row(i), wrapped.get(i), Style.PLAIN);
        }
        grid.put(inside.row(wrapped.size() + 1), ask, Style.BOLD);
    }

    /** Breaks at blanks; what is too long in one piece is cut where it is drawn. */
    private static void wrap(String text, int columns, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }

    /** Every key of the map that works in this view, then those of others. */
    private static void help(Grid grid, Area area, Model model, int page) {
        List<String> lines = helpLines(model);
        int rows = Math.max(1, area.rows() - 2);
        int pages = (lines.size() + rows - 1) / rows;
        int shown = Math.min(page, pages - 1);
        Area box = area.middle(COLUMNS, area.rows());
        grid.clear(box);
        grid.frame(box, "KEYS", pages == 1 ? "Esc closes" : "PgDn " + (shown + 1) + "/" + pages + " · Esc closes");
        Area inside = box.inside();
        List<String> part = lines.subList(shown * rows, Math.min(lines.size(), (shown + 1) * rows));
        for (int i = 0; i < part.size(); i++) {
            grid.put(inside.row(i), part.get(i), Style.PLAIN);
        }
    }

    static List<String> helpLines(Model model) {
        List<String> here = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (Binding binding : KeyMap.BINDINGS) {
            boolean works = binding.views().contains(model.place().view());
            if (!binding.changes() || !model.manner().readOnly()) {
                (works ? here : elsewhere).add(helpLine(binding, works));
            }
        }
        here.addAll(elsewhere);
        return here;
    }

    private static String helpLine(Binding binding, boolean works) {
        String keys = " " + binding.shown();
        String where = works ? "" : "   (in " + where(binding) + ")";
        return keys + " ".repeat(Math.max(1, KEY_COLUMNS - keys.length())) + binding.words() + where;
    }

    private static String where(Binding binding) {
        return String.join(
                ", ",
                binding.views().stream().sorted().map(view -> view.title()).toList());
    }
}
