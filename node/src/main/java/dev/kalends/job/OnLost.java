package dev.kalends.job;

/** What becomes of a run whose worker was lost. */
public enum OnLost {
    /** It is tried again, which counts as an attempt. */
    RETRY,
    /** It ends dead, for work that must not repeat. */
    FAIL
}
