package dev.kalends.tui.model;

/**
 * What time it is.
 *
 * @param wallMs UTC milliseconds
 * @param elapsedMs milliseconds on the monotonic clock
 */
public record Now(long wallMs, long elapsedMs) {}
