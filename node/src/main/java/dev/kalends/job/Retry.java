package dev.kalends.job;

import java.util.List;
import java.util.Optional;

/**
 * When a failed attempt is followed by another.
 *
 * @param maxAttempts attempts in all, the first included, at least 1
 * @param maxAgeMs no retry starts later than this after the due instant; empty = no limit
 * @param retryOn exit codes that are retried; empty = all but {@code fatalOn}
 * @param fatalOn exit codes that end the run at once
 */
public record Retry(
        int maxAttempts,
        Backoff backoff,
        Optional<Long> maxAgeMs,
        OnLost onLost,
        List<Integer> retryOn,
        List<Integer> fatalOn) {
    /** Three attempts, 10 s to 1 h apart. */
    public static final Retry DEFAULT =
            new Retry(3, Backoff.DEFAULT, Optional.empty(), OnLost.RETRY, List.of(), List.of());

    public Retry {
        if (maxAttempts < 1 || maxAttempts > Limits.ATTEMPTS_MAX) {
            throw new IllegalArgumentException(
                    "attempts are 1 to " + Limits.ATTEMPTS_MAX + "; maxAttempts=" + maxAttempts);
        }
        retryOn = List.copyOf(retryOn);
        fatalOn = List.copyOf(fatalOn);
    }

    /** Whether an attempt that ended with this exit code may be followed by another. */
    public boolean retries(int exitCode) {
        return !fatalOn.contains(exitCode) && (retryOn.isEmpty() || retryOn.contains(exitCode));
    }
}
