package dev.kalends.tui.update;

import dev.kalends.tui.model.View;
import java.util.List;
import java.util.Set;

/**
 * Keys and what they do.
 *
 * @param shown how the help names the keys
 * @param views where they do it
 * @param words for the help
 * @param brief for the bottom line; empty = not there
 * @param effect whether it changes something on the node
 */
public record Binding(
        List<String> keys, String shown, Command command, Set<View> views, String words, String brief, Kind effect) {
    /** What a command touches. */
    public enum Kind {
        LOOKS,
        CHANGES
    }

    public Binding {
        keys = List.copyOf(keys);
        views = Set.copyOf(views);
    }

    boolean matches(View view, String key) {
        return views.contains(view) && keys.contains(key);
    }

    public boolean changes() {
        return effect == Kind.CHANGES;
    }
}
