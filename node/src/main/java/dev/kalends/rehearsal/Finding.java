package dev.kalends.rehearsal;

import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import java.util.List;

/**
 * What became of one job.
 *
 * @param takesMs how long each of its runs took
 * @param open runs that are still open at the end
 * @param verdicts what its nominal instants came to, in stretches, the first {@link #VERDICTS_MAX} of them
 * @param counts all its nominal instants by what they came to
 */
public record Finding(
        JobSpec spec, long takesMs, Started started, long open, List<LedgerLine> verdicts, Counted counts) {
    /** Stretches of one job that are reported; more are counted only. */
    public static final int VERDICTS_MAX = 100;

    public Finding {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * What started of it.
     *
     * @param inTime runs that fired while a node served
     * @param caughtUp runs that came due while none did, or while they were held back
     * @param onRequest manual runs and backfills
     * @param retries attempts after a first one
     */
    public record Started(Starts inTime, Starts caughtUp, Starts onRequest, long retries) {
        /** Nothing yet. */
        public static final Started NONE = new Started(Starts.NONE, Starts.NONE, Starts.NONE, 0);

        Started and(Started other) {
            return new Started(
                    inTime.and(other.inTime),
                    caughtUp.and(other.caughtUp),
                    onRequest.and(other.onRequest),
                    retries + other.retries);
        }
    }
}
