package dev.kalends.tui.model;

import java.util.Set;
import java.util.TreeSet;

/**
 * Where a list's cursor is: on an item, not on a row.
 *
 * @param key the item's; empty = the first one, whichever it is
 * @param index where it was last, for when the item is gone
 * @param marked keys of marked items
 */
public record Cursor(String key, int index, Set<String> marked) {
    public static final Cursor START = new Cursor("", 0, Set.of());

    public Cursor {
        marked = Set.copyOf(marked);
    }

    public Cursor at(String newKey, int newIndex) {
        return new Cursor(newKey, newIndex, marked);
    }

    /** With an item marked that was not, or the other way round. */
    public Cursor toggled(String item) {
        Set<String> now = new TreeSet<>(marked);
        if (!now.remove(item)) {
            now.add(item);
        }
        return new Cursor(key, index, now);
    }

    public Cursor unmarked() {
        return new Cursor(key, index, Set.of());
    }
}
