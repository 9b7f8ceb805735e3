package dev.kalends.cli.output;

import dev.kalends.tui.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a list of one kind of thing is printed, in every form the contract knows.
 *
 * <p>On a terminal a table; in a pipe tab-separated lines without a header; {@code -o json} the page as the node
 * answered it, {@code ndjson} one item a line, {@code name} names (ids where there are none), {@code -q} ids.
 *
 * @param id what {@code -q} prints
 * @param name what {@code -o name} prints; null where an item has none
 */
public record Listing<T>(List<Column<T>> columns, Function<T, String> id, Function<T, @Nullable String> name) {
    /** Rows whose widths are measured together; further rows start a new block with the same titles. */
    private static final int BLOCK_ROWS_MAX = 1000;
    /** With {@code -o wide} nothing is cut to the terminal: whoever asks for all of it, gets it. */
    private static final int WIDE_COLUMNS = 2000;

    public Listing {
        columns = List.copyOf(columns);
    }

    /**
     * Prints items.
     *
     * @param page the record that holds them, for {@code -o json}
     */
    public void print(Rendering to, Object page, List<T> items) {
        if (to.quiet()) {
            items.forEach(item -> to.out().line(SafeText.field(id.apply(item))));
            return;
        }
        switch (to.format()) {
            case JSON -> to.json(page);
            case NDJSON -> items.forEach(to::json);
            case NAME ->
                items.forEach(item -> to.out()
                        .line(SafeText.field(
                                Optional.ofNullable(name.apply(item)).orElseGet(() -> id.apply(item)))));
            case AUTO, WIDE -> {
                if (to.terminal().out()) {
                    printTable(to, items);
                } else {
                    printFields(to, items);
                }
            }
        }
    }

    private void printTable(Rendering to, List<T> items) {
        List<Column<T>> shown = columns.stream()
                .filter(column -> column.fit() != Column.Fit.WIDE || to.format() == Format.WIDE)
                .toList();
        for (int from = 0; from < items.size(); from += BLOCK_ROWS_MAX) {
            Table table = new Table(
                    shown.stream().map(Column::title).toList(),
                    shown.stream().map(Column::fit).toList());
            for (T item : items.subList(from, Math.min(items.size(), from + BLOCK_ROWS_MAX))) {
                table.add(
                        shown.stream().map(column -> column.cell().apply(item)).toList());
            }
            table.print(to.out(), to.format() == Format.WIDE ? to.terminal().withWidth(WIDE_COLUMNS) : to.terminal());
        }
    }

    private void printFields(Rendering to, List<T> items) {
        List<Column<T>> ordered = new ArrayList<>();
        columns.stream().filter(column -> column.fit() != Column.Fit.WIDE).forEach(ordered::add);
        columns.stream().filter(column -> column.fit() == Column.Fit.WIDE).forEach(ordered::add);
        for (T item : items) {
            StringJoiner line = new StringJoiner("\t");
            for (Column<T> column : ordered) {
                String field = column.field().apply(item);
                line.add(field == null ? "" : SafeText.field(field));
            }
            to.out().line(line.toString());
        }
    }
}
