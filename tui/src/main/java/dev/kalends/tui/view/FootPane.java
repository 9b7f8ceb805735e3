package dev.kalends.tui.view;

import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Notice;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.update.Binding;
import dev.kalends.tui.update.Command;
import dev.kalends.tui.update.KeyMap;
import java.util.Comparator;
import java.util.List;

/** The line at the bottom: what is typed, what just happened, or which keys there are. */
final class FootPane {
    private FootPane() {}

    static void draw(Grid grid, Area line, Model model) {
        if (model.overlay() instanceof Overlay.Filter filter) {
            grid.put(line, " /" + filter.text() + "_   Enter keeps it, Esc leaves it", Style.BOLD);
            return;
        }
        if (model.overlay() instanceof Overlay.CommandLine typed) {
            grid.put(line, " :" + typed.text() + "_", Style.BOLD);
            return;
        }
        String right = model.manner().readOnly() ? "READ-ONLY" : model.mayAct() ? "" : "ACTIONS OFF";
        Area room = line.left(line.columns() - right.length() - 1);
        grid.putRight(line.left(line.columns() - 1), right, Style.WARN);
        if (!model.notice().text().isEmpty()) {
            boolean failed = model.notice().kind() == Notice.Kind.FAILED;
            grid.put(room, (failed ? " ! " : " ✓ ") + model.notice().text(), failed ? Style.WARN : Style.GOOD);
            return;
        }
        keys(grid, room, model);
    }

    /** The help first, then what can be done here, then the rest: what has no room is in the help. */
    private static void keys(Grid grid, Area room, Model model) {
        int x = 1;
        List<Binding> shown = KeyMap.BINDINGS.stream()
                .filter(binding -> isShown(binding, model))
                .sorted(Comparator.comparingInt(FootPane::rank))
                .toList();
        for (Binding binding : shown) {
            String text = "<" + binding.keys().getFirst() + "> " + binding.brief();
            if (x + text.length() < room.columns()) {
                boolean off = binding.changes() && !model.mayAct();
                x += grid.put(room.rightOf(x), text, off ? Style.DIM : Style.PLAIN) + 2;
            }
        }
    }

    private static boolean isShown(Binding binding, Model model) {
        return !binding.brief().isEmpty()
                && binding.views().contains(model.place().view())
                && (!binding.changes() || !model.manner().readOnly());
    }

    private static int rank(Binding binding) {
        if (binding.command() == Command.HELP) {
            return 0;
        }
        return binding.changes() ? 1 : binding.command() == Command.QUIT ? 2 : 3;
    }
}
