package dev.kalends.journal;

/** How the texts of a message are written. */
enum Texts {
    /** As UTF-8: what leaves the process. */
    PLAIN,
    /** As {@link PackedText}: the rows of a store. */
    PACKED
}
