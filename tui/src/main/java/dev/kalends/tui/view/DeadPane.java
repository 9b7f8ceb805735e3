package dev.kalends.tui.view;

import dev.kalends.api.DeadGroup;
import dev.kalends.api.DeadView;
import dev.kalends.tui.list.RunLists;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Dead letters: groups by what killed them, the runs of the chosen group, and what a redrive would do. */
final class DeadPane {
    private static final int SIDE_COLUMNS = 44;
    private static final int WIDE_COLUMNS = 110;

    private DeadPane() {}

    static void draw(Grid grid, Area body, Model model) {
        int groupRows = Math.max(6, body.rows() * 2 / 5);
        Screens.list(grid, body.top(groupRows), model, 0);
        Area below = body.below(groupRows);
        boolean wide = body.columns() >= WIDE_COLUMNS;
        Screens.list(grid, wide ? below.left(below.columns() - SIDE_COLUMNS) : below, model, 1);
        if (wide) {
            side(grid, below.rightOf(below.columns() - SIDE_COLUMNS), model);
        }
    }

    private static void side(Grid grid, Area area, Model model) {
        grid.frame(area, "REDRIVE", "");
        Area inside = area.inside().rightOf(1);
        Optional<DeadGroup> group =
                RunLists.groups(model).itemAt(model.place().cursors().getFirst());
        if (group.isEmpty()) {
            return;
        }
        int marked = model.place().cursors().get(1).marked().size();
        List<String> lines = new ArrayList<>();
        lines.add(
                marked > 0 ? marked + " marked runs" : Figures.count(group.get().count()) + " runs of the group");
        lines.add(model.manner().readOnly() ? "" : "r redrives, D discards: the node");
        lines.add(model.manner().readOnly() ? "" : "counts first and asks for that number.");
        lines.add("");
        lines.add("group " + group.get().fingerprint());
        lines.add(group.get().error());
        Optional<DeadView> letter =
                RunLists.dead(model).itemAt(model.place().cursors().get(1));
        letter.ifPresent(it -> {
            lines.add("");
            lines.add(it.run().id());
            lines.add("attempts " + it.run().attempt() + " of " + it.run().maxAttempts()
                    + (it.run().exitCode() == null ? "" : "   exit " + it.run().exitCode()));
            lines.add(it.run().worker() == null ? "" : "last on " + it.run().worker());
            lines.add(it.error());
            lines.add("Enter shows its attempts and output");
        });
        for (int i = 0; i < lines.size(); i++) {
            grid.put(inside.row(i), lines.get(i), i == 0 ? Style.BOLD : Style.PLAIN);
        }
    }
}
