package dev.kalends.partition;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.RunId;
import java.util.Optional;

/**
 * A worker's report of one finished attempt.
 *
 * @param retryAfterMs how long the other side asked to wait; 0 = not said
 */
public record Finished(
        RunId run,
        int series,
        int attempt,
        long token,
        AttemptEnd end,
        long startedMs,
        long finishedMs,
        Optional<Integer> exitCode,
        Optional<String> error,
        long retryAfterMs) {}
