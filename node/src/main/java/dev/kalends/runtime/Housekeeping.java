package dev.kalends.runtime;

import dev.kalends.job.Limits;
import dev.kalends.journal.Store;
import dev.kalends.partition.Command;
import java.util.Optional;
import java.util.function.Consumer;

/** What a partition tidies now and then, a bounded amount at a time. Owned by the partition's thread. */
final class Housekeeping {
    private static final int SWEEP_MAX = 2_000;
    private static final int PRUNE_MAX = 2_000;
    private static final int AUDIT_ROWS = 20_000;
    private static final int AUDIT_DAYS_BACK = 2;
    private static final long DAY_MS = 86_400_000L;

    private final Store store;
    private final LoopSettings settings;
    private int auditDay;
    private long auditSequence;

    Housekeeping(Store store, LoopSettings settings, long nowMs) {
        this.store = store;
        this.settings = settings;
        this.auditDay = (int) (nowMs / DAY_MS) - AUDIT_DAYS_BACK;
    }

    /** What is past keeping, if anything. */
    Optional<Command.Sweep> sweep(long nowMs) {
        Command.Sweep sweep = new Command.Sweep(
                store.expiredRequests(nowMs, SWEEP_MAX),
                store.expiredSubmitKeys(nowMs, SWEEP_MAX),
                store.deadBefore(nowMs - Limits.DEAD_KEPT_MS, SWEEP_MAX),
                store.forgottenJobs(nowMs - Limits.JOB_KEPT_MS, SWEEP_MAX));
        boolean nothing = sweep.requests().isEmpty()
                && sweep.keys().isEmpty()
                && sweep.letters().isEmpty()
                && sweep.jobs().isEmpty();
        return nothing ? Optional.empty() : Optional.of(sweep);
    }

    void prune(long nowMs) {
        store.pruneHistory(
                new Store.History(nowMs - settings.succeededKeptMs(), nowMs - settings.othersKeptMs()), PRUNE_MAX);
    }

    /** Looks for one-offs that were passed over in day slots that are over; each is fired, and counts as recovered. */
    void audit(long nowMs, Consumer<Command.Fire> found) {
        int today = (int) (nowMs / DAY_MS);
        if (auditDay >= today) {
            return;
        }
        auditSequence = store.audit(auditDay, auditSequence, AUDIT_ROWS, job -> found.accept(new Command.Fire(job)));
        if (auditSequence < 0) {
            auditDay++;
            auditSequence = 0;
        }
    }
}
