package dev.kalends.tui.view;

import dev.kalends.tui.list.Column;
import dev.kalends.tui.list.Listing;
import dev.kalends.tui.list.Span;
import dev.kalends.tui.list.Tone;
import dev.kalends.tui.model.Cursor;
import java.util.ArrayList;
import java.util.List;

/** Draws a list: a frame, titles of the columns that there is room for, and the page with the cursor. */
final class TablePane {
    private static final int GAP = 1;
    private static final int SIGN_COLUMNS = 2;

    private TablePane() {}

    /** Whether the keys go to this list. */
    enum Focus {
        HERE,
        ELSEWHERE
    }

    static <T> void draw(Grid grid, Area area, Listing<T> listing, Cursor cursor, Focus focus) {
        String order = listing.order().isEmpty() ? "" : "sort: " + listing.order();
        grid.frame(area, listing.title(), order);
        Area inside = area.inside();
        if (listing.items().isEmpty()) {
            grid.put(inside.rightOf(SIGN_COLUMNS), listing.empty(), Style.DIM);
            return;
        }
        List<Column<T>> columns = fitting(listing.columns(), inside.columns() - SIGN_COLUMNS);
        boolean titled = columns.stream().anyMatch(column -> !column.title().isEmpty());
        if (titled) {
            line(grid, inside, columns, column -> new Span(column.title(), Tone.DIM));
        }
        Area body = titled ? inside.below(1) : inside;
        int at = listing.indexOf(cursor);
        int first = body.rows() < 1 ? 0 : at / body.rows() * body.rows();
        for (int row = 0; row < body.rows() && first + row < listing.items().size(); row++) {
            T item = listing.items().get(first + row);
            Area line = body.row(row);
            line(grid, line, columns, column -> column.cell().apply(item));
            boolean marked = cursor.marked().contains(listing.key().apply(item));
            boolean here = first + row == at && focus == Focus.HERE;
            grid.put(line, (here ? "▶" : " ") + (marked ? "*" : ""), Style.BOLD);
            if (here) {
                grid.reverse(line.rightOf(SIGN_COLUMNS));
            }
        }
        pages(grid, area, first, body.rows(), listing.items().size());
    }

    private static void pages(Grid grid, Area area, int first, int rows, int count) {
        if (rows > 0 && count > rows && area.columns() > 30) {
            String where = " " + (first + 1) + "-" + Math.min(count, first + rows) + " of " + count + " ";
            grid.putRight(area.bottom(1).left(area.columns() - 2), where, Style.DIM);
        }
    }

    /** What a column shows in a line. */
    private interface Shown<T> {
        Span of(Column<T> column);
    }

    private static <T> void line(Grid grid, Area line, List<Column<T>> columns, Shown<T> shown) {
        int x = SIGN_COLUMNS;
        for (Column<T> column : columns) {
            Span span = shown.of(column);
            Area room = line.rightOf(x).left(column.width());
            if (column.fit() == Column.Fit.NUMBER) {
                grid.putRight(room, span.text(), Style.of(span.tone()));
            } else {
                grid.put(room, span.text(), Style.of(span.tone()));
            }
            x += column.width() + GAP;
        }
    }

    /** The columns that there is room for; the wide one takes what is left. */
    private static <T> List<Column<T>> fitting(List<Column<T>> columns, int room) {
        List<Column<T>> kept = new ArrayList<>(columns);
        int wanted = width(kept);
        for (int i = kept.size() - 1; i >= 0 && wanted > room; i--) {
            if (kept.get(i).fit() == Column.Fit.SPARE) {
                kept.remove(i);
                wanted = width(kept);
            }
        }
        int rest = room - wanted;
        for (int i = 0; i < kept.size(); i++) {
            Column<T> column = kept.get(i);
            if (column.fit() == Column.Fit.WIDE) {
                int width = Math.max(4, column.width() + rest);
                kept.set(i, new Column<>(column.title(), width, column.fit(), column.cell()));
            }
        }
        return kept;
    }

    private static <T> int width(List<Column<T>> columns) {
        int width = -GAP;
        for (Column<T> column : columns) {
            width += column.width() + GAP;
        }
        return width;
    }
}
