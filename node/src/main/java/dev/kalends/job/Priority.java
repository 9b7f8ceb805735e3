package dev.kalends.job;

/** The tier of a run among the waiting ones of its queue. Lower tiers age: nothing waits for ever. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW
}
