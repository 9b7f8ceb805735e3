package dev.kalends.tui.list;

/** A piece of text and how it is meant. */
public record Span(String text, Tone tone) {
    public static final Span EMPTY = new Span("", Tone.PLAIN);

    public static Span of(String text) {
        return new Span(text, Tone.PLAIN);
    }

    public static Span dim(String text) {
        return new Span(text, Tone.DIM);
    }

    public static Span warn(String text) {
        return new Span(text, Tone.WARN);
    }
}
