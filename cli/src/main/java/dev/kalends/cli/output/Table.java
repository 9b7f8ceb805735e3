package dev.kalends.cli.output;

import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.tui.text.SafeText;
import dev.kalends.tui.text.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** Rows aligned in columns for a terminal: titles in capitals, three blanks between columns, never wider than it. */
public final class Table {
    private static final String GAP = "   ";
    private static final int CUT_MIN = 8;

    private final List<String> titles;
    private final List<Column.Fit> fits;
    private final List<List<Cell>> rows = new ArrayList<>();

    public Table(List<String> titles, List<Column.Fit> fits) {
        this.titles = List.copyOf(titles);
        this.fits = List.copyOf(fits);
    }

    /** Adds a row; its texts are made safe here. */
    public void add(List<Cell> cells) {
        List<Cell> safe = new ArrayList<>(cells.size());
        for (Cell cell : cells) {
            safe.add(new Cell(SafeText.line(cell.text()), cell.paint()));
        }
        rows.add(safe);
    }

    /** Prints titles and rows. */
    public void print(Printer out, TerminalFacts terminal) {
        int[] widths = widths(terminal.width());
        List<Cell> head = new ArrayList<>();
        for (String title : titles) {
            head.add(new Cell(title, Paint.DIM));
        }
        printRow(out, head, widths, terminal);
        for (List<Cell> row : rows) {
            printRow(out, row, widths, terminal);
        }
    }

    private void printRow(Printer out, List<Cell> row, int[] widths, TerminalFacts terminal) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            String text = TextWidth.cut(cell.text(), widths[i]);
            String blanks = " ".repeat(Math.max(0, widths[i] - TextWidth.of(text)));
            String shown = terminal.plain() ? text : cell.paint().on(text);
            boolean right = fits.get(i) == Column.Fit.NUMBER;
            boolean last = i == widths.length - 1;
            line.append(i == 0 ? "" : GAP).append(right ? blanks : "").append(shown);
            line.append(right || last ? "" : blanks);
        }
        out.line(line.toString().stripTrailing());
    }

    private int[] widths(int available) {
        int[] widths = new int[titles.size()];
        int total = GAP.length() * (widths.length - 1);
        for (int i = 0; i < widths.length; i++) {
            widths[i] = TextWidth.of(titles.get(i));
            for (List<Cell> row : rows) {
                widths[i] = Math.max(widths[i], TextWidth.of(row.get(i).text()));
            }
            total += widths[i];
        }
        for (int excess = total - available; excess > 0; excess--) {
            int widest = widestCut(widths);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    /** The widest column that may still be cut, or -1. */
    private int widestCut(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean cuttable = fits.get(i) == Column.Fit.CUT && widths[i] > CUT_MIN;
            if (cuttable && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }
}
