package dev.kalends.cli.history;

/**
 * One execution of a run, as the job itself wrote it down.
 *
 * @param nominalMs what the job was told to be its instant
 * @param endMs 0: it did not come to its end
 */
public record Execution(String job, String run, int attempt, long token, long nominalMs, long startMs, long endMs) {
    boolean complete() {
        return endMs != 0;
    }
}
