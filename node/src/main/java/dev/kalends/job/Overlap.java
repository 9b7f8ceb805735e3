package dev.kalends.job;

/** What a fire does while an earlier run of the same job is still open. */
public enum Overlap {
    /** The new fire is skipped. */
    SKIP,
    /** One new fire waits for the open run; further ones are skipped. */
    QUEUE,
    /** Both run. */
    ALLOW,
    /** The open run is asked to stop; the new one starts after the old lease ended. */
    REPLACE
}
