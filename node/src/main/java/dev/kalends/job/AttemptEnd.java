package dev.kalends.job;

/** How an attempt ended. */
public enum AttemptEnd {
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    /** The lease expired, or the worker said that it lost the execution. */
    LOST,
    CANCELLED
}
