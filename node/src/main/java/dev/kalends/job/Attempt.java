package dev.kalends.job;

import java.util.Optional;

/**
 * One finished try at a run.
 *
 * @param number from 1, rising through all series
 * @param startedMs when the worker started it, by the worker's clock; the grant when it never said
 * @param exitCode exit status or HTTP status; empty when there is none
 * @param error one line, bounded
 */
public record Attempt(
        int number,
        long token,
        String worker,
        long startedMs,
        long finishedMs,
        AttemptEnd end,
        Optional<Integer> exitCode,
        Optional<String> error) {}
