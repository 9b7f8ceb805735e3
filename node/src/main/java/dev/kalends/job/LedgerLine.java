package dev.kalends.job;

import java.util.Optional;

/**
 * One verdict over a stretch of consecutive scheduled fires of a recurring job.
 *
 * @param fromMs first nominal instant
 * @param toMs last nominal instant, inclusive
 * @param count nominal instants in the stretch, at least 1
 * @param verdict a terminal state
 * @param reason why, for skipped and missed
 */
public record LedgerLine(JobId job, long fromMs, long toMs, long count, RunState verdict, Optional<String> reason) {
    public LedgerLine {
        if (!verdict.isTerminal() || count < 1 || toMs < fromMs) {
            throw new IllegalArgumentException("not a ledger line; verdict=" + verdict + " count=" + count);
        }
    }
}
