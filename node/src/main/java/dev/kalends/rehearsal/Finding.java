package dev.kalends.rehearsal;

import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import java.util.List;

/**
 * What became of one job.
 *
 * @param inTime starts of runs that fired while a node served
 * @param caughtUp starts of runs that came due while none did
 * @param retries attempts after a first one
 * @param open runs that are still open at the end
 * @param verdicts what its nominal instants came to, in stretches, the first {@link #VERDICTS_MAX} of them
 * @param counts all its nominal instants by what they came to
 */
public record Finding(
        JobSpec spec,
        Starts inTime,
        Starts caughtUp,
        long retries,
        long open,
        List<LedgerLine> verdicts,
        Counted counts) {
    /** Stretches of one job that are reported; more are counted only. */
    public static final int VERDICTS_MAX = 1_000;

    public Finding {
        verdicts = List.copyOf(verdicts);
    }
}
