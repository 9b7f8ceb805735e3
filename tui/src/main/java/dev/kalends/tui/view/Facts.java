package dev.kalends.tui.view;

import dev.kalends.tui.list.Span;
import java.util.ArrayList;
import java.util.List;

/** Lines of a name and what is to be said of it. */
final class Facts {
    private static final int NAME_COLUMNS = 11;

    private final List<String> names = new ArrayList<>();
    private final List<Span> values = new ArrayList<>();

    Facts add(String name, Span value) {
        if (!value.text().isEmpty()) {
            names.add(name);
            values.add(value);
        }
        return this;
    }

    Facts add(String name, String value) {
        return add(name, Span.of(value));
    }

    int rows() {
        return names.size();
    }

    void draw(Grid grid, Area area) {
        for (int i = 0; i < names.size(); i++) {
            grid.put(area.row(i), names.get(i), Style.DIM);
            grid.put(
                    area.row(i).rightOf(NAME_COLUMNS),
                    values.get(i).text(),
                    Style.of(values.get(i).tone()));
        }
    }
}
