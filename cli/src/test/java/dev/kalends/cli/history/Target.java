package dev.kalends.cli.history;

/**
 * One instant at which a job is to run.
 *
 * @param nominalMs not before
 * @param deadlineMs a start after this is late
 * @param witnessed whether its executions are written down by the job itself; of others there are records only
 */
public record Target(String job, long nominalMs, long deadlineMs, Need need, boolean witnessed) {
    public Target {
        if (deadlineMs < nominalMs) {
            throw new IllegalArgumentException(
                    "a window ends after it begins; nominalMs=" + nominalMs + " deadlineMs=" + deadlineMs);
        }
    }
}
