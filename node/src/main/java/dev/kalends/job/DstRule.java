package dev.kalends.job;

/** What a fixed-time cron job does when the clock jumps over its time. */
public enum DstRule {
    /** cronie's rule: it runs at the end of the gap. */
    CRON,
    /** A time that does not exist is skipped. */
    SKIP
}
