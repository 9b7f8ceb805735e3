package dev.kalends.worker;

import dev.kalends.job.AttemptEnd;
import java.util.Optional;

/**
 * How an execution ended.
 *
 * @param exitCode exit status or HTTP status
 * @param error one line
 * @param retryAfterMs how long the other side asked to wait; 0 = not said
 */
record Outcome(AttemptEnd end, Optional<Integer> exitCode, Optional<String> error, long retryAfterMs) {
    static final Outcome SUCCEEDED = new Outcome(AttemptEnd.SUCCEEDED, Optional.empty(), Optional.empty(), 0);

    static Outcome failed(String error) {
        return new Outcome(AttemptEnd.FAILED, Optional.empty(), Optional.of(error), 0);
    }

    /** The same with another end: what a process did counts less than why it was stopped. */
    static Outcome lost(String error) {
        return new Outcome(AttemptEnd.LOST, Optional.empty(), Optional.of(error), 0);
    }
}
