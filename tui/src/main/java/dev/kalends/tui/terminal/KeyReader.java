package dev.kalends.tui.terminal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes keys of what a terminal sends. A lone Esc is one when nothing follows within {@value #ESC_WAIT_MS} ms: slow
 * lines split the sequences of other keys.
 */
final class KeyReader {
    /** The end of the input. */
    static final int END = -1;
    /** Nothing came in time. */
    static final int NOTHING = -2;

    static final long ESC_WAIT_MS = 50;
    private static final int ESC = 0x1b;
    private static final int SEQUENCE_MAX = 32;
    private static final Map<String, String> NAME_BY_SEQUENCE = Map.ofEntries(
            Map.entry("A", "Up"),
            Map.entry("B", "Down"),
            Map.entry("C", "Right"),
            Map.entry("D", "Left"),
            Map.entry("H", "Home"),
            Map.entry("F", "End"),
            Map.entry("1~", "Home"),
            Map.entry("7~", "Home"),
            Map.entry("4~", "End"),
            Map.entry("8~", "End"),
            Map.entry("5~", "PgUp"),
            Map.entry("6~", "PgDn"),
            Map.entry("11~", "F1"),
            Map.entry("P", "F1"),
            Map.entry("[A", "F1"),
            Map.entry("Z", "Shift-Tab"));

    private final Source source;

    /** Where characters come from. */
    @FunctionalInterface
    interface Source {
        /** The next character, {@link #END}, or {@link #NOTHING} when none came in time; 0 waits for ever. */
        int next(long waitMs) throws IOException;
    }

    KeyReader(Source source) {
        this.source = source;
    }

    /** The next key; empty for what is none, {@code End-Of-Input} when there will be no more. */
    Optional<String> next() throws IOException {
        int c = source.next(0);
        if (c == END) {
            return Optional.of("End-Of-Input");
        }
        if (c == ESC) {
            return afterEsc();
        }
        return c < 0 ? Optional.empty() : Optional.of(plain(c));
    }

    private String plain(int c) throws IOException {
        return switch (c) {
            case '\r', '\n' -> "Enter";
            case '\t' -> "Tab";
            case ' ' -> "Space";
            case 0x7f, 0x08 -> "Backspace";
            default -> c < ' ' ? "Ctrl-" + (char) (c + '@') : character(c);
        };
    }

    private String character(int c) throws IOException {
        if (!Character.isHighSurrogate((char) c)) {
            return Character.toString((char) c);
        }
        int low = source.next(ESC_WAIT_MS);
        return low >= 0 && Character.isLowSurrogate((char) low) ? new String(new char[] {(char) c, (char) low}) : "?";
    }

    private Optional<String> afterEsc() throws IOException {
        int c = source.next(ESC_WAIT_MS);
        if (c == NOTHING || c == END) {
            return Optional.of("Esc");
        }
        if (c == ESC) {
            return Optional.of("Esc");
        }
        if (c != '[' && c != 'O') {
            return Optional.empty(); // Alt with a key: it means nothing here
        }
        StringBuilder sequence = new StringBuilder();
        while (sequence.length() < SEQUENCE_MAX) {
            int next = source.next(ESC_WAIT_MS);
            if (next < 0) {
                return Optional.empty();
            }
            sequence.append((char) next);
            boolean ends = next >= '@' && next <= '~' && !sequence.toString().equals("[");
            if (ends) {
                break;
            }
        }
        return Optional.ofNullable(NAME_BY_SEQUENCE.get(sequence.toString()));
    }
}
