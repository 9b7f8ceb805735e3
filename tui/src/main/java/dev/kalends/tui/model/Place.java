package dev.kalends.tui.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the person is: a view and what they chose in it.
 *
 * @param subject the job or the run of a detail view; empty elsewhere
 * @param label what the breadcrumbs call it
 * @param panel which of the view's lists has the cursor
 * @param cursors one for each list
 * @param filter what the list is narrowed to
 * @param sort which of the list's orders, counted through
 */
public record Place(View view, String subject, String label, int panel, List<Cursor> cursors, String filter, int sort) {
    public Place {
        cursors = List.copyOf(cursors);
    }

    public static Place of(View view) {
        return of(view, "", view.title());
    }

    public static Place of(View view, String subject, String label) {
        List<Cursor> cursors = new ArrayList<>();
        for (int i = 0; i < view.panels(); i++) {
            cursors.add(Cursor.START);
        }
        return new Place(view, subject, label, 0, cursors, "", 0);
    }

    /** The cursor of the list that has it. */
    public Cursor cursor() {
        return cursors.get(panel);
    }

    public Place withCursor(Cursor cursor) {
        return withCursor(panel, cursor);
    }

    public Place withCursor(int which, Cursor cursor) {
        List<Cursor> all = new ArrayList<>(cursors);
        all.set(which, cursor);
        return new Place(view, subject, label, panel, all, filter, sort);
    }

    public Place withPanel(int which) {
        return new Place(view, subject, label, Math.floorMod(which, view.panels()), cursors, filter, sort);
    }

    public Place withFilter(String text) {
        return new Place(view, subject, label, panel, cursors, text, sort);
    }

    public Place withSort(int order) {
        return new Place(view, subject, label, panel, cursors, filter, order);
    }
}
