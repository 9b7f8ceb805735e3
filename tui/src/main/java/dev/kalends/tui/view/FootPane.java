package dev.kalends.tui.view;

import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Notice;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.update.Binding;
import dev.kalends.tui.update.KeyMap;

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
        int x = 1;
        for (Binding binding : KeyMap.BINDINGS) {
            boolean shown = !binding.brief().isEmpty()
                    && binding.views().contains(model.place().view())
                    && (!binding.changes() || !model.manner().readOnly());
            String text = "<" + binding.keys().getFirst() + "> " + binding.brief();
            if (shown && x + text.length() < room.columns()) {
                boolean off = binding.changes() && !model.mayAct();
                x += grid.put(room.rightOf(x), text, off ? Style.DIM : Style.PLAIN) + 2;
            }
        }
    }
}
