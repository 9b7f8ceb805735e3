package dev.kalends.job;

/**
 * A run that used up its attempts, kept until redriven, discarded or 14 days old.
 *
 * @param run in state DEAD
 * @param fingerprint the normalised error: what groups letters
 * @param error the last attempt's error
 * @param diedMs when
 */
public record DeadLetter(Run run, String fingerprint, String error, long diedMs) {}
