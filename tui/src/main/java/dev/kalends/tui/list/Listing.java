package dev.kalends.tui.list;

import dev.kalends.tui.model.Cursor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The items of a list in their order, and what stands in its columns.
 *
 * @param title what they are
 * @param order by what they are sorted; empty where there is but one order
 * @param empty what is said when there are none
 * @param name what is said of an item where it is named alone
 */
public record Listing<T>(
        String title,
        String order,
        String empty,
        List<T> items,
        Function<T, String> key,
        Function<T, String> name,
        List<Column<T>> columns) {
    /** The place of the cursor's item; where it went, the one that took its place; -1 when there is none. */
    public int indexOf(Cursor cursor) {
        if (items.isEmpty()) {
            return -1;
        }
        if (cursor.key().isEmpty()) {
            return 0;
        }
        int near = Math.min(cursor.index(), items.size() - 1);
        if (keyAt(near).equals(cursor.key())) {
            return near;
        }
        for (int i = 0; i < items.size(); i++) {
            if (keyAt(i).equals(cursor.key())) {
                return i;
            }
        }
        return near;
    }

    /** The item under the cursor. */
    public Optional<T> itemAt(Cursor cursor) {
        int index = indexOf(cursor);
        return index < 0 ? Optional.empty() : Optional.of(items.get(index));
    }

    public String keyAt(int index) {
        return key.apply(items.get(index));
    }

    /** The marked items, or the one under the cursor when none is marked. */
    public List<T> chosen(Cursor cursor) {
        List<T> marked = items.stream()
                .filter(item -> cursor.marked().contains(key.apply(item)))
                .toList();
        return marked.isEmpty() ? itemAt(cursor).stream().toList() : marked;
    }

    /** Whether a text has what somebody typed into a filter. */
    static boolean has(String filter, String... texts) {
        if (filter.isEmpty()) {
            return true;
        }
        String wanted = filter.toLowerCase(Locale.ROOT);
        for (String text : texts) {
            if (text.toLowerCase(Locale.ROOT).contains(wanted)) {
                return true;
            }
        }
        return false;
    }
}
