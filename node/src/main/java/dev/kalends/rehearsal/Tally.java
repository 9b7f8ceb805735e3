package dev.kalends.rehearsal;

import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.KeyedState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the loop committed: starts from leases, the ends of one-offs from history. The rest is in the ledger. */
final class Tally {
    private static final long SECOND_MS = 1_000;

    private final KeyedState committed;
    private final Map<JobId, OfJob> tallyByJob = new HashMap<>();
    /** Tokens only rise: a lease with a greater one is new. */
    private long highestToken;

    /** When the attempts of the last second started. */
    private final ArrayDeque<Long> recent = new ArrayDeque<>();

    private Report.Busiest busiest = new Report.Busiest(-1, 0);
    private long decisions;

    /** What is known of one job. */
    static final class OfJob {
        private Finding.Started started = Finding.Started.NONE;
        private final List<LedgerLine> ends = new ArrayList<>();

        Finding.Started starts() {
            return started;
        }

        /** How its single runs ended, for jobs that the ledger does not know. */
        List<LedgerLine> ends() {
            return ends;
        }
    }

    /**
     * A tally that begins.
     *
     * @param committed what was committed before, with the specs of all jobs
     */
    Tally(KeyedState committed) {
        this.committed = committed;
        this.highestToken = committed.head().nextToken() - 1;
    }

    /** Takes note of a batch before it is applied. */
    void enter(Batch batch) {
        long before = highestToken;
        for (Change change : batch.changes()) {
            switch (change) {
                case Change.PutRun put -> run(put.run(), before);
                case Change.AppendHistory append -> ended(append.run());
                case Change.PutLedger _ -> decisions++;
                case Change.PutSpec _,
                        Change.RemoveJob _,
                        Change.PutState _,
                        Change.RemoveRun _,
                        Change.RemoveLedger _,
                        Change.PutDead _,
                        Change.RemoveDead _,
                        Change.PutSubmitKey _,
                        Change.RemoveSubmitKey _,
                        Change.PutRequest _,
                        Change.RemoveRequest _,
                        Change.PutSlot _,
                        Change.PutTenant _,
                        Change.PutPause _,
                        Change.RemovePause _,
                        Change.PutBackfill _,
                        Change.RemoveBackfill _,
                        Change.PutCounts _,
                        Change.PutHead _ -> {}
            }
        }
    }

    private void run(Run run, long tokenBefore) {
        decisions++;
        run.lease().filter(lease -> lease.token() > tokenBefore).ifPresent(lease -> {
            highestToken = Math.max(highestToken, lease.token());
            started(run, lease.grantedMs());
            crowd(lease.grantedMs());
        });
    }

    private void started(Run run, long startedMs) {
        OfJob job = of(run.id().job());
        long dueMs = run.times().dueMs();
        Finding.Started so = job.started;
        if (run.attempt() > 1 || run.series() > 1) {
            job.started = new Finding.Started(so.inTime(), so.caughtUp(), so.onRequest(), so.retries() + 1);
        } else if (run.id().kind() != RunKind.SCHEDULED) {
            job.started = new Finding.Started(
                    so.inTime(), so.caughtUp(), so.onRequest().and(startedMs, dueMs), so.retries());
        } else if (run.marks().catchUp()) {
            job.started =
                    new Finding.Started(so.inTime(), so.caughtUp().and(startedMs, dueMs), so.onRequest(), so.retries());
        } else {
            job.started =
                    new Finding.Started(so.inTime().and(startedMs, dueMs), so.caughtUp(), so.onRequest(), so.retries());
        }
    }

    private void crowd(long startedMs) {
        recent.addLast(startedMs);
        while (recent.getFirst() <= startedMs - SECOND_MS) {
            recent.removeFirst();
        }
        if (recent.size() > busiest.starts()) {
            busiest = new Report.Busiest(recent.getFirst(), recent.size());
        }
    }

    private void ended(Run run) {
        decisions++;
        RunId id = run.id();
        boolean inLedger = committed
                .spec(id.job(), run.generation())
                .map(spec -> spec.schedule().repeats())
                .orElse(true);
        if (id.kind() != RunKind.SCHEDULED || inLedger) {
            return;
        }
        boolean explained = run.state() != RunState.SUCCEEDED && run.state() != RunState.DEAD;
        Optional<String> why = explained ? run.reason() : Optional.empty();
        of(id.job()).ends.add(new LedgerLine(id.job(), id.nominalMs(), id.nominalMs(), 1, run.state(), why));
    }

    OfJob of(JobId job) {
        return tallyByJob.computeIfAbsent(job, _ -> new OfJob());
    }

    Report.Busiest busiest() {
        return busiest;
    }

    /** Changes of runs and verdicts so far: what a rehearsal costs. */
    long decisions() {
        return decisions;
    }
}
