package dev.kalends.tui.view;

import dev.kalends.api.NodeView;
import dev.kalends.api.PartitionView;
import dev.kalends.tui.list.PlaceLists;
import dev.kalends.tui.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who leads which partition and who runs which run, and how long that holds. */
final class LeasesPane {
    private static final int MAP_COLUMNS = 42;
    private static final int WIDE_COLUMNS = 110;
    private static final int PER_ROW = 32;
    private static final String SIGNS = "123456789abcdefghijklmnopqrstuvwxyz";

    private LeasesPane() {}

    static void draw(Grid grid, Area body, Model model) {
        int partitionRows = Math.min(body.rows() / 2, 14);
        Area top = body.top(partitionRows);
        boolean wide = body.columns() >= WIDE_COLUMNS;
        if (wide) {
            map(grid, top.left(MAP_COLUMNS), model);
        }
        Screens.list(grid, wide ? top.rightOf(MAP_COLUMNS) : top, model, 0);
        Screens.list(grid, body.below(partitionRows), model, 1);
    }

    /** A sign for each partition: its leader, or what is wrong with it. */
    private static void map(Grid grid, Area area, Model model) {
        List<PartitionView> partitions = model.data().partitions().value();
        grid.frame(area, "PARTITIONS " + partitions.size(), "sign = leader");
        Area inside = area.inside().rightOf(1);
        List<String> leaders = model.data().nodes().value().stream()
                .map(NodeView::node)
                .sorted()
                .toList();
        int rows = (partitions.size() + PER_ROW - 1) / PER_ROW;
        for (int row = 0; row < rows && row < inside.rows() - 2; row++) {
            grid.put(inside.row(row), String.format(Locale.ROOT, "%4x", row * PER_ROW), Style.DIM);
            for (int i = 0; i < PER_ROW && row * PER_ROW + i < partitions.size(); i++) {
                PartitionView partition = partitions.get(row * PER_ROW + i);
                sign(grid, inside.row(row).rightOf(5 + i), partition, new Signs(model, leaders));
            }
        }
        grid.put(inside.row(inside.rows() - 2), names(leaders), Style.PLAIN);
        grid.put(inside.row(inside.rows() - 1), "! ends soon   · no leader", Style.DIM);
    }

    private record Signs(Model model, List<String> leaders) {}

    private static void sign(Grid grid, Area place, PartitionView partition, Signs signs) {
        if (partition.leader() == null) {
            grid.put(place.left(1), "·", Style.WARN);
        } else if (!PlaceLists.isHealthy(signs.model(), partition)) {
            grid.put(place.left(1), "!", Style.WARN);
        } else {
            int at = signs.leaders().indexOf(partition.leader());
            String sign = at < 0 || at >= SIGNS.length() ? "?" : SIGNS.substring(at, at + 1);
            grid.put(place.left(1), sign, Style.GOOD);
        }
    }

    private static String names(List<String> leaders) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.min(leaders.size(), SIGNS.length()); i++) {
            names.add(SIGNS.charAt(i) + " " + leaders.get(i));
        }
        return String.join("  ", names);
    }
}
