package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.RunState;
import dev.kalends.journal.Change;
import java.util.Optional;

/**
 * The ledger of scheduled fires: each nominal instant of a repeating job has one verdict, kept as stretches.
 *
 * <p>A verdict joins the stretch before or after it when verdict and reason are the same and no nominal instant lies
 * between; so a year of successes is one line.
 */
final class Ledger {
    private final Workspace workspace;
    private final FirePlan plan;

    Ledger(Workspace workspace, FirePlan plan) {
        this.workspace = workspace;
        this.plan = plan;
    }

    /** Enters a verdict for the nominal instants from one to another, of which none has a verdict. */
    void enter(JobSpec spec, LedgerLine line) {
        LedgerLine joined = line;
        Optional<LedgerLine> before = workspace.ledgerAtOrBefore(line.job(), line.fromMs());
        if (before.isPresent() && continues(spec, before.get(), line)) {
            workspace.put(new Change.RemoveLedger(line.job(), before.get().fromMs()));
            joined = join(before.get(), joined);
        }
        Optional<LedgerLine> after = workspace.ledgerAfter(line.job(), line.toMs());
        if (after.isPresent() && continues(spec, joined, after.get())) {
            workspace.put(new Change.RemoveLedger(line.job(), after.get().fromMs()));
            joined = join(joined, after.get());
        }
        workspace.put(new Change.PutLedger(joined));
    }

    /** Enters a verdict for one nominal instant. */
    void enter(JobSpec spec, long nominalMs, RunState verdict, Optional<String> reason) {
        enter(spec, new LedgerLine(spec.id(), nominalMs, nominalMs, 1, verdict, reason));
    }

    /** Takes back the verdict of one nominal instant, because its run was reopened. */
    void takeBack(JobSpec spec, long nominalMs) {
        JobId job = spec.id();
        Optional<LedgerLine> found = workspace.ledgerAtOrBefore(job, nominalMs);
        if (found.isEmpty() || found.get().toMs() < nominalMs) {
            return;
        }
        LedgerLine line = found.get();
        workspace.put(new Change.RemoveLedger(job, line.fromMs()));
        long earlier = 0;
        long lastBefore = -1;
        for (long at = line.fromMs(); at < nominalMs; at = after(spec, at)) {
            earlier++;
            lastBefore = at;
        }
        if (earlier > 0) {
            put(line, line.fromMs(), lastBefore, earlier);
        }
        long later = line.count() - earlier - 1;
        if (later > 0) {
            put(line, after(spec, nominalMs), line.toMs(), later);
        }
    }

    private void put(LedgerLine line, long fromMs, long toMs, long count) {
        workspace.put(
                new Change.PutLedger(new LedgerLine(line.job(), fromMs, toMs, count, line.verdict(), line.reason())));
    }

    private long after(JobSpec spec, long nominalMs) {
        return plan.next(spec, nominalMs, 0).map(next -> next.nominalMs()).orElse(Long.MAX_VALUE);
    }

    private boolean continues(JobSpec spec, LedgerLine earlier, LedgerLine later) {
        return earlier.verdict() == later.verdict()
                && earlier.reason().equals(later.reason())
                && plan.adjacent(spec, earlier.toMs(), later.fromMs())
                && sameGeneration(spec.id(), earlier.toMs(), later.fromMs());
    }

    /** A line counts the fires of one schedule: it ends where an edit made another. */
    private boolean sameGeneration(JobId job, long earlierMs, long laterMs) {
        int current = workspace.spec(job).map(JobSpec::generation).orElse(1);
        for (int generation = current; generation > 1; generation--) {
            long sinceMs =
                    workspace.spec(job, generation).map(JobSpec::acceptedMs).orElse(0L);
            if (earlierMs > sinceMs) {
                return true;
            }
            if (laterMs > sinceMs) {
                return false;
            }
        }
        return true;
    }

    private static LedgerLine join(LedgerLine earlier, LedgerLine later) {
        return new LedgerLine(
                earlier.job(),
                earlier.fromMs(),
                later.toMs(),
                earlier.count() + later.count(),
                earlier.verdict(),
                earlier.reason());
    }
}
