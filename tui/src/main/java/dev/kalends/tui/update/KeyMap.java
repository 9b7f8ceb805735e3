package dev.kalends.tui.update;

import dev.kalends.tui.model.View;
import dev.kalends.tui.update.Binding.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All keys. The help and the bottom line are made of it, so that neither can forget one. */
public final class KeyMap {
    private static final Set<View> ALL = EnumSet.allOf(View.class);
    private static final Set<View> LISTS = EnumSet.complementOf(EnumSet.of(View.RUN));
    private static final Set<View> OF_RUNS = EnumSet.of(View.OVERVIEW, View.RUNS, View.LEASES, View.JOB, View.RUN);
    private static final Set<View> OF_LEASED = EnumSet.of(View.OVERVIEW, View.LEASES, View.RUN);
    private static final Set<View> OF_JOBS = EnumSet.of(View.JOBS, View.JOB);

    /** Every key, in the order of the help. */
    public static final List<Binding> BINDINGS = List.of(
            looks(List.of("1", "2", "3", "4", "5", "6", "7"), "1-7", Command.VIEW, ALL, "go to a view", ""),
            looks(List.of("Tab"), "Tab", Command.NEXT_VIEW, ALL, "go to the next view", ""),
            looks(List.of("Up", "k"), "Up k", Command.UP, ALL, "one item up", ""),
            looks(List.of("Down", "j"), "Down j", Command.DOWN, ALL, "one item down", ""),
            looks(List.of("PgUp", "Ctrl-B"), "PgUp Ctrl-B", Command.PAGE_UP, ALL, "a page up", ""),
            looks(List.of("PgDn", "Ctrl-F"), "PgDn Ctrl-F", Command.PAGE_DOWN, ALL, "a page down", ""),
            looks(List.of("Home", "g"), "Home g", Command.FIRST, ALL, "to the first item", ""),
            looks(List.of("End", "G"), "End G", Command.LAST, ALL, "to the last item", ""),
            looks(
                    List.of("Left", "Right", "h", "l"),
                    "Left Right h l",
                    Command.PANEL,
                    EnumSet.of(View.OVERVIEW, View.LEASES, View.DEAD, View.NODES),
                    "to the view's other list",
                    ""),
            looks(List.of("Enter"), "Enter", Command.OPEN, LISTS, "open what the cursor is on", "open"),
            looks(List.of("Esc", "Backspace"), "Esc", Command.BACK, ALL, "back; end a filter, leave marks", "back"),
            looks(List.of("/"), "/", Command.FILTER, LISTS, "narrow the list by a text", "filter"),
            looks(List.of(":"), ":", Command.COMMAND_LINE, ALL, "type a command, such as :job NAME", "command"),
            looks(
                    List.of("o"),
                    "o",
                    Command.SORT,
                    EnumSet.of(View.OVERVIEW, View.JOBS, View.RUNS, View.LEASES, View.DEAD),
                    "another order",
                    "sort"),
            looks(List.of("Space"), "Space", Command.MARK, LISTS, "mark or unmark; actions take all marked", ""),
            looks(List.of("y"), "y", Command.COPY, ALL, "copy the id (OSC 52)", ""),
            looks(List.of("z"), "z", Command.FREEZE, ALL, "freeze the picture, and let it go on", "freeze"),
            looks(List.of("m"), "m", Command.HEAT, EnumSet.of(View.OVERVIEW), "heat map or percentiles", ""),
            looks(List.of("H"), "H", Command.HEALTHY, EnumSet.of(View.LEASES), "healthy leases too", ""),
            looks(List.of("a"), "a", Command.ACKNOWLEDGE, EnumSet.of(View.OVERVIEW), "acknowledge a need", ""),
            looks(List.of("Ctrl-L"), "Ctrl-L", Command.REDRAW, ALL, "draw and read again", ""),
            looks(List.of("?", "F1"), "? F1", Command.HELP, ALL, "these keys", "help"),
            looks(List.of("Ctrl-Z"), "Ctrl-Z", Command.SUSPEND, ALL, "back to the shell; fg returns", ""),
            looks(List.of("q", "Ctrl-C"), "q Ctrl-C", Command.QUIT, ALL, "quit", "quit"),
            changes("t", Command.TRIGGER, OF_JOBS, "run the job now", "trigger…"),
            changes("p", Command.PAUSE, OF_JOBS, "pause the job", "pause…"),
            changes("u", Command.RESUME, OF_JOBS, "resume the job", "resume…"),
            changes("C", Command.CANCEL, OF_JOBS, "cancel the job for good", ""),
            changes("c", Command.CANCEL, OF_RUNS, "cancel the run, also while it runs", "cancel…"),
            changes("R", Command.RERUN, OF_RUNS, "reopen a run that failed for good", ""),
            changes("r", Command.RELEASE, OF_LEASED, "release the run: another worker tries it", "release…"),
            changes("r", Command.REDRIVE, EnumSet.of(View.DEAD), "redrive the group, or the marked runs", "redrive…"),
            changes("D", Command.DISCARD, EnumSet.of(View.DEAD), "discard the group, or the marked runs", "discard…"),
            changes("x", Command.STEP_DOWN, EnumSet.of(View.LEASES), "have the leader step down", "step down…"),
            changes("d", Command.DRAIN, EnumSet.of(View.NODES), "drain the node: it leads nothing", "drain…"),
            changes("u", Command.UNDRAIN, EnumSet.of(View.NODES), "let the node lead again", "undrain…"));

    private KeyMap() {}

    /** What a key means in a view. */
    public static Optional<Binding> find(View view, String key) {
        return BINDINGS.stream().filter(binding -> binding.matches(view, key)).findFirst();
    }

    private static Binding looks(
            List<String> keys, String shown, Command command, Set<View> views, String words, String brief) {
        return new Binding(keys, shown, command, views, words, brief, Kind.LOOKS);
    }

    private static Binding changes(String key, Command command, Set<View> views, String words, String brief) {
        return new Binding(List.of(key), key, command, views, words, brief, Kind.CHANGES);
    }
}
