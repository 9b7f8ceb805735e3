package dev.kalends.cli.output;

import dev.kalends.tui.text.SafeText;
import dev.kalends.tui.text.TextWidth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing by its properties: labels and values below each other on a terminal, {@code label<TAB>value} lines in a
 * pipe, where each label is one word and stays the same for ever.
 */
public final class Card {
    /** Columns of a value on a terminal; what is longer is cut, in JSON it is whole. */
    private static final int VALUE_MAX = 2000;

    private static final int LABEL_WIDTH = 12;

    private final List<Row> rows = new ArrayList<>();

    /** A row; a null field keeps it from pipes, a null cell from terminals. */
    private record Row(
            String label, @Nullable Cell cell, @Nullable String field) {}

    /** Adds a row that looks different on a terminal and in a pipe. */
    public Card row(String label, Cell cell, @Nullable String field) {
        rows.add(new Row(label, cell, field == null ? "" : field));
        return this;
    }

    /** Adds a text that looks the same everywhere; without one, a pipe gets an empty value and a terminal nothing. */
    public Card text(String label, @Nullable String text) {
        rows.add(new Row(label, text == null || text.isEmpty() ? null : Cell.of(text), text == null ? "" : text));
        return this;
    }

    /** Adds a line that only people get; with an empty label it goes on with the row above. */
    public Card remark(String label, Cell cell) {
        rows.add(new Row(label, cell, null));
        return this;
    }

    /** Adds a line that only programs get. */
    public Card field(String label, @Nullable String field) {
        rows.add(new Row(label, null, field == null ? "" : field));
        return this;
    }

    /** Prints all rows; the texts are made safe here. */
    public void print(Rendering to) {
        boolean terminal = to.terminal().out();
        for (Row row : rows) {
            String label = SafeText.line(row.label());
            if (terminal && row.cell() != null) {
                String text = TextWidth.cut(SafeText.line(row.cell().text()), VALUE_MAX);
                String blanks = " ".repeat(Math.max(1, LABEL_WIDTH - TextWidth.of(label)));
                to.out()
                        .line("  " + to.paint(Paint.DIM, label) + blanks
                                + to.paint(row.cell().paint(), text));
            } else if (!terminal && row.field() != null) {
                to.out().line(SafeText.field(row.label()) + "\t" + SafeText.field(row.field()));
            }
        }
    }
}
