package dev.kalends.cli.cluster;

import dev.kalends.api.NodePage;
import dev.kalends.api.NodeView;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How nodes look. Clocks are shown as the answering node sees them. */
final class NodeTable {
    /** A clock that is further off stands out. */
    private static final long CLOCK_NOTE_MS = 250;

    private NodeTable() {}

    /**
     * A listing.
     *
     * @param holds whether it is plain to see what nodes hold, or only when much is asked for
     */
    static Listing<NodeView> listing(NodePage page, long nowMs, Column.Fit holds) {
        return new Listing<>(
                List.of(
                        Column.text("NODE", Column.Fit.CUT, NodeView::node),
                        new Column<>("STATE", Column.Fit.FIXED, n -> new Cell(n.state(), paint(n)), NodeView::state),
                        Column.text("LEADS", Column.Fit.CUT, n -> text(n.leads())),
                        Column.text("LAG", Column.Fit.NUMBER, n -> text(n.lag())),
                        new Column<>("CLOCK", Column.Fit.NUMBER, n -> clock(n, page), n -> text(n.clockOffsetMs())),
                        Column.instant("UP SINCE", nowMs, NodeView::upSince),
                        Column.text("VERSION", Column.Fit.FIXED, NodeView::version),
                        Column.text("WHY", Column.Fit.CUT, NodeView::reason),
                        Column.text("URL", Column.Fit.WIDE, NodeView::url),
                        Column.text("LEVEL", Column.Fit.WIDE, n -> text(n.featureLevel())),
                        Column.text("HOLDS", holds, NodeTable::holds)),
                NodeView::node,
                NodeView::node);
    }

    private static @Nullable String holds(NodeView node) {
        List<Integer> holds = node.holds();
        // A node that was not heard may hold anything.
        return holds != null ? text(holds) : node.version() == null ? null : "all";
    }

    private static String text(List<Integer> partitions) {
        return partitions.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Cell clock(NodeView node, NodePage page) {
        Long offsetMs = node.clockOffsetMs();
        if (offsetMs == null) {
            return Cell.NONE;
        }
        boolean noted = node.clockNote() != null || Math.abs(offsetMs) > CLOCK_NOTE_MS;
        String text = node.node().equals(page.node()) ? "here" : (offsetMs > 0 ? "+" : "") + offsetMs + " ms";
        return new Cell(text, noted ? Paint.CAUTION : Paint.PLAIN);
    }

    private static Paint paint(NodeView node) {
        return switch (node.state()) {
            case "fit" -> Paint.GOOD;
            case "draining" -> Paint.CAUTION;
            default -> Paint.BAD;
        };
    }

    private static @Nullable String text(@Nullable Number number) {
        return number == null ? null : number.toString();
    }
}
