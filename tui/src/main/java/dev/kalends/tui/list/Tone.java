package dev.kalends.tui.list;

/** How a text is meant; never by colour alone: who uses one also writes a word or a sign. */
public enum Tone {
    PLAIN,
    /** Of little weight. */
    DIM,
    /** Needs somebody. */
    WARN,
    /** All is well, or going on. */
    GOOD,
    /** A heading. */
    STRONG
}
