package dev.kalends.job;

/** What becomes of fires that came due while nobody could fire. */
public enum CatchUp {
    /** The last one runs, if it is at most 24 h or one period old; the others are missed. */
    LAST,
    /** Each one runs, metered. */
    ALL,
    /** All are missed. */
    NONE
}
