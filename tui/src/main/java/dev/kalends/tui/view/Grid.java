package dev.kalends.tui.view;

import dev.kalends.tui.model.Size;
import dev.kalends.tui.text.Glyph;
import dev.kalends.tui.text.Glyphs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The cells of a screen while they are drawn. Whatever is put here is cut to its room and made harmless first: there is
 * no other way in.
 */
public final class Grid {
    private final Size size;
    private final Cell[] cells;

    Grid(Size size) {
        this.size = size;
        this.cells = new Cell[size.columns() * size.rows()];
        Arrays.fill(cells, Cell.BLANK);
    }

    public Size size() {
        return size;
    }

    public Cell at(int x, int y) {
        return cells[y * size.columns() + x];
    }

    /** The screen as lines of text, without what is blank at their ends. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < size.rows(); y++) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < size.columns(); x++) {
                line.append(at(x, y).text());
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /**
     * Writes into the first row of an area, no further than its end.
     *
     * @return how many columns it took
     */
    int put(Area area, String text, Style style) {
        if (area.rows() < 1 || area.y() < 0 || area.y() >= size.rows()) {
            return 0;
        }
        int used = 0;
        for (Glyph glyph : Glyphs.of(text, Math.min(area.columns(), size.columns() - area.x()))) {
            set(area.x() + used, area.y(), glyph, style);
            used += glyph.columns();
        }
        return used;
    }

    /** The same at the right end of the row. */
    void putRight(Area area, String text, Style style) {
        int columns = Glyphs.columns(Glyphs.of(text, area.columns()));
        put(area.rightOf(area.columns() - columns), text, style);
    }

    private void set(int x, int y, Glyph glyph, Style style) {
        int at = y * size.columns() + x;
        // Half of a wide glyph that stood here would be left: it goes.
        if (cells[at].columns() == 0 && x > 0) {
            cells[at - 1] = Cell.BLANK;
        }
        int after = x + glyph.columns();
        if (after < size.columns() && cells[at + glyph.columns()].columns() == 0) {
            cells[at + glyph.columns()] = Cell.BLANK;
        }
        cells[at] = new Cell(glyph.text(), glyph.columns(), style);
        if (glyph.columns() == 2) {
            cells[at + 1] = new Cell("", 0, style);
        }
    }

    /** Clears an area. */
    void clear(Area area) {
        restyle(area, _ -> Cell.BLANK);
    }

    /** Takes the weight out of an area: it is no longer true. */
    void dim(Area area) {
        restyle(area, cell -> new Cell(cell.text(), cell.columns(), Style.DIM));
    }

    /** Shows an area as chosen. */
    void reverse(Area area) {
        restyle(area, cell -> new Cell(cell.text(), cell.columns(), cell.style().reversed()));
    }

    /** Everything in ASCII, for terminals that have nothing else. */
    void toAscii() {
        restyle(new Area(0, 0, size.columns(), size.rows()), Ascii::of);
    }

    private void restyle(Area area, UnaryOperator<Cell> change) {
        for (int y = area.y(); y < Math.min(size.rows(), area.y() + area.rows()); y++) {
            for (int x = area.x(); x < Math.min(size.columns(), area.x() + area.columns()); x++) {
                cells[y * size.columns() + x] = change.apply(at(x, y));
            }
        }
    }

    /** A frame around an area with a title, and something at its right end. */
    void frame(Area area, String title, String right) {
        int last = area.columns() - 2;
        put(area, "┌" + "─".repeat(Math.max(0, last)) + "┐", Style.FRAME);
        for (int y = 1; y < area.rows() - 1; y++) {
            put(area.row(y), "│", Style.FRAME);
            put(area.row(y).rightOf(area.columns() - 1), "│", Style.FRAME);
        }
        put(area.row(area.rows() - 1), "└" + "─".repeat(Math.max(0, last)) + "┘", Style.FRAME);
        Area line = new Area(area.x() + 2, area.y(), Math.max(0, area.columns() - 4), 1);
        int used = title.isEmpty() ? 0 : put(line, " " + title + " ", Style.TITLE);
        if (!right.isEmpty() && used + 4 < line.columns()) {
            putRight(line.rightOf(used + 1), " " + right + " ", Style.DIM);
        }
    }
}
