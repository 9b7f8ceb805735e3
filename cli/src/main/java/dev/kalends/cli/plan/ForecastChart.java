package dev.kalends.cli.plan;

import dev.kalends.schedule.InstantText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A curve of columns, as wide as the terminal. A column stands for one or more steps and shows the highest of them, so
 * that no wall is averaged away.
 */
final class ForecastChart {
    private static final int HEIGHT = 8;
    private static final int LABEL_WIDTH = 7;
    private static final int TICK_COLUMNS = 14;
    private static final int STEP_COLUMNS_MAX = 6;
    private static final long DAY_MS = 86_400_000L;

    private final List<Long> fires;
    private final Time time;
    private final Marks marks;

    /** When the steps are. */
    record Time(long fromMs, long stepMs, ZoneId zone) {}

    /**
     * The characters it is drawn with.
     *
     * @param parts what fills a part of a cell, from the least to all of it
     */
    record Marks(List<String> parts, String side, String corner, String line, String wall) {
        static final Marks BLOCKS = new Marks(List.of("▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"), "│", "└", "─", "▲");
        static final Marks ASCII = new Marks(List.of(".", ":", "#"), "|", "+", "-", "^");
    }

    ForecastChart(List<Long> fires, Time time, Marks marks) {
        this.fires = fires;
        this.time = time;
        this.marks = marks;
    }

    Marks marks() {
        return marks;
    }

    /** The lines, with a mark under the columns of some steps. */
    List<String> lines(int width, List<Integer> marked) {
        int columns = columns(width - LABEL_WIDTH - 1);
        long[] heights = new long[columns];
        for (int i = 0; i < Math.max(columns, fires.size()); i++) {
            int step = columns > fires.size() ? i / (columns / fires.size()) : i;
            int column = columns > fires.size() ? i : column(step, columns);
            heights[column] = Math.max(heights[column], fires.get(step));
        }
        long highest = Math.max(1, Arrays.stream(heights).max().orElse(0));
        List<String> lines = new ArrayList<>();
        for (int row = HEIGHT - 1; row >= 0; row--) {
            boolean half = row == HEIGHT / 2 - 1 && highest > 1;
            String label = row == HEIGHT - 1 ? compact(highest) : half ? compact(highest / 2) : "";
            StringBuilder line = new StringBuilder(label(label)).append(marks.side());
            for (long height : heights) {
                line.append(cell(height, highest, row));
            }
            lines.add(line.toString());
        }
        lines.add(label("0") + marks.corner() + marks.line().repeat(columns));
        if (!marked.isEmpty()) {
            lines.add(marksLine(columns, marked));
        }
        lines.add(times(columns));
        return lines;
    }

    /** One for several steps, or several for each step, as there is room. */
    private int columns(int room) {
        int steps = fires.size();
        return steps >= room ? Math.max(1, room) : steps * Math.min(STEP_COLUMNS_MAX, room / steps);
    }

    /** A step's first column. */
    private int column(int step, int columns) {
        return (int) ((long) step * columns / fires.size());
    }

    /** What a row shows of a column: all that is not zero is seen. */
    private String cell(long height, long highest, int row) {
        int parts = marks.parts().size();
        long filled = Math.ceilDiv(height * HEIGHT * parts, highest) - (long) row * parts;
        return filled <= 0 ? " " : marks.parts().get((int) Math.min(parts, filled) - 1);
    }

    private String marksLine(int columns, List<Integer> marked) {
        StringBuilder line = new StringBuilder(" ".repeat(LABEL_WIDTH + 1 + columns));
        for (int step : marked) {
            if (step >= 0 && step < fires.size()) {
                int at = LABEL_WIDTH + 1 + column(step, columns);
                line.replace(at, at + 1, marks.wall());
            }
        }
        return line.toString();
    }

    private String times(int columns) {
        StringBuilder line = new StringBuilder(" ".repeat(LABEL_WIDTH + 1));
        for (int column = 0; column + TICK_COLUMNS / 2 <= columns; column += TICK_COLUMNS) {
            long step = Math.ceilDiv((long) column * fires.size(), (long) columns);
            line.append(" ".repeat(LABEL_WIDTH + 1 + column - line.length()));
            line.append(tick(time.fromMs() + step * time.stepMs()));
        }
        return line.toString();
    }

    /** {@code 14:00}, or {@code Mon 14:00} where there is more than a day. */
    private String tick(long atMs) {
        String[] local = InstantText.local(atMs, time.zone()).split(" ", -1);
        return fires.size() * time.stepMs() > DAY_MS + time.stepMs() ? local[0] + " " + local[2] : local[2];
    }

    private static String label(String text) {
        return " ".repeat(Math.max(0, LABEL_WIDTH - 1 - text.length())) + text + " ";
    }

    /** At most five characters: {@code 999}, {@code 12.4k}, {@code 3.1M}. */
    private static String compact(long number) {
        if (number < 1_000) {
            return Long.toString(number);
        }
        String unit = number < 1_000_000 ? "k" : "M";
        long tenths = number / (number < 1_000_000 ? 100 : 100_000);
        return tenths >= 1_000 ? tenths / 10 + unit : tenths / 10 + "." + tenths % 10 + unit;
    }
}
