package dev.kalends.cli.history;

import java.util.List;

/**
 * A run as a node has it on record. Instants are 0 where there are none.
 *
 * @param attempts how each ended, in order; empty where nobody asked
 */
public record RunRecord(
        String job,
        String run,
        long nominalMs,
        String state,
        int attempt,
        long firedMs,
        long startedMs,
        List<String> attempts) {
    static final String SUCCEEDED = "succeeded";

    public RunRecord {
        attempts = List.copyOf(attempts);
    }

    boolean succeeded() {
        return state.equals(SUCCEEDED);
    }
}
