package dev.kalends.job;

/** Whether the worker that executes a run was asked to stop it, and on whose behalf. */
public enum StopAsked {
    NO,
    /** Somebody cancelled it: it ends CANCELLED. */
    BY_CANCEL,
    /** A later run of the same job takes its place: it ends SKIPPED. */
    BY_REPLACEMENT
}
