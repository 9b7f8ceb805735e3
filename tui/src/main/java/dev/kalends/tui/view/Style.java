package dev.kalends.tui.view;

import dev.kalends.tui.list.Tone;

/** How a cell is drawn. */
public record Style(Ink ink, boolean bold, boolean reverse) {
    public static final Style PLAIN = new Style(Ink.PLAIN, false, false);
    static final Style DIM = new Style(Ink.DIM, false, false);
    static final Style BOLD = new Style(Ink.PLAIN, true, false);
    static final Style WARN = new Style(Ink.ORANGE, true, false);
    static final Style GOOD = new Style(Ink.BLUE, false, false);
    static final Style FRAME = new Style(Ink.DIM, false, false);
    static final Style TITLE = new Style(Ink.CYAN, true, false);

    static Style of(Tone tone) {
        return switch (tone) {
            case PLAIN -> PLAIN;
            case DIM -> DIM;
            case WARN -> WARN;
            case GOOD -> GOOD;
            case STRONG -> BOLD;
        };
    }

    Style reversed() {
        return new Style(ink, bold, true);
    }
}
