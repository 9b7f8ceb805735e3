package dev.kalends.tui.view;

/** A rectangle of the screen. */
record Area(int x, int y, int columns, int rows) {
    Area top(int count) {
        return new Area(x, y, columns, Math.clamp(count, 0, rows));
    }

    Area below(int count) {
        int cut = Math.clamp(count, 0, rows);
        return new Area(x, y + cut, columns, rows - cut);
    }

    Area bottom(int count) {
        return below(rows - Math.clamp(count, 0, rows));
    }

    Area left(int count) {
        return new Area(x, y, Math.clamp(count, 0, columns), rows);
    }

    Area rightOf(int count) {
        int cut = Math.clamp(count, 0, columns);
        return new Area(x + cut, y, columns - cut, rows);
    }

    /** Without a frame around it. */
    Area inside() {
        return new Area(x + 1, y + 1, Math.max(0, columns - 2), Math.max(0, rows - 2));
    }

    Area row(int index) {
        return new Area(x, y + index, columns, index >= 0 && index < rows ? 1 : 0);
    }

    /** A smaller rectangle in its middle. */
    Area middle(int wantedColumns, int wantedRows) {
        int width = Math.min(columns, wantedColumns);
        int height = Math.min(rows, wantedRows);
        return new Area(x + (columns - width) / 2, y + (rows - height) / 2, width, height);
    }
}
