package dev.kalends.journal;

import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Tenant;
import java.util.Optional;

/**
 * One step of a partition's state: the whole new value of one key, or the key's removal.
 *
 * <p>{@link #key()} is equal for two changes of the same key; of those in a batch only the last one counts.
 */
public sealed interface Change {
    /** The key whose state this is; compared with {@code equals} only. */
    Object key();

    /**
     * A new generation of a job. Generations are immutable; the highest one is current.
     *
     * @param firstDueMs a one-off's due instant, which the store's far tier waits for; -1 for jobs that repeat. Only
     *     the first generation's moves into the agenda; a later one's next fire is in its {@link PutState}
     */
    record PutSpec(JobSpec spec, long firstDueMs) implements Change {
        @Override
        public Object key() {
            return new SpecKey(spec.id(), spec.generation());
        }
    }

    /** Removes a job with all generations, its state, name and ledger; for jobs whose history has been pruned. */
    record RemoveJob(JobId id) implements Change {
        @Override
        public Object key() {
            return new RemoveKeyOf(id);
        }
    }

    record PutState(JobState state) implements Change {
        @Override
        public Object key() {
            return new StateKey(state.id());
        }
    }

    /** A change of an open run. */
    sealed interface OfRun extends Change {
        RunId id();
    }

    /** An open run: READY, LEASED or RETRYING. */
    record PutRun(Run run) implements OfRun {
        @Override
        public RunId id() {
            return run.id();
        }

        @Override
        public Object key() {
            return run.id();
        }
    }

    record RemoveRun(RunId id) implements OfRun {
        @Override
        public Object key() {
            return id;
        }
    }

    /** One line of history: a run that ended. A redriven run that ends again gets another; the last one counts. */
    record AppendHistory(Run run) implements Change {
        @Override
        public Object key() {
            return new HistoryKey(run.id(), run.series());
        }
    }

    record PutLedger(LedgerLine line) implements Change {
        @Override
        public Object key() {
            return new LedgerKey(line.job(), line.fromMs());
        }
    }

    record RemoveLedger(JobId job, long fromMs) implements Change {
        @Override
        public Object key() {
            return new LedgerKey(job, fromMs);
        }
    }

    record PutDead(DeadLetter letter) implements Change {
        @Override
        public Object key() {
            return new DeadKey(letter.run().id());
        }
    }

    record RemoveDead(RunId id) implements Change {
        @Override
        public Object key() {
            return new DeadKey(id);
        }
    }

    record PutSubmitKey(SubmitKey entry) implements Change {
        @Override
        public Object key() {
            return entry.id();
        }
    }

    record RemoveSubmitKey(SubmitKey.Id id) implements Change {
        @Override
        public Object key() {
            return id;
        }
    }

    /** The answer given under a request id. */
    record PutRequest(RequestAnswer answer) implements Change {
        @Override
        public Object key() {
            return new RequestKey(answer.requestId());
        }
    }

    record RemoveRequest(String requestId) implements Change {
        @Override
        public Object key() {
            return new RequestKey(requestId);
        }
    }

    /** The next free sequence number of a day slot: durable, never derived from the highest id that is left. */
    record PutSlot(int day, long nextSequence) implements Change {
        @Override
        public Object key() {
            return new SlotKey(day);
        }
    }

    record PutTenant(Tenant tenant) implements Change {
        @Override
        public Object key() {
            return new TenantKey(tenant.name());
        }
    }

    record PutPause(PauseOrder order) implements Change {
        @Override
        public Object key() {
            return new PauseKey(order.tenant());
        }
    }

    /** Removes the pause of a tenant, or of everything. */
    record RemovePause(Optional<String> tenant) implements Change {
        @Override
        public Object key() {
            return new PauseKey(tenant);
        }
    }

    record PutBackfill(Backfill backfill) implements Change {
        @Override
        public Object key() {
            return new BackfillKey(backfill.job(), backfill.number());
        }
    }

    record RemoveBackfill(JobId job, int number) implements Change {
        @Override
        public Object key() {
            return new BackfillKey(job, number);
        }
    }

    record PutCounts(Counts counts) implements Change {
        @Override
        public Object key() {
            return new CountsKey(counts.tenant());
        }
    }

    record PutHead(Head head) implements Change {
        @Override
        public Object key() {
            return HeadKey.HEAD;
        }
    }

    /** Key of {@link PutSpec}. */
    record SpecKey(JobId id, int generation) {}

    /** Key of {@link RemoveJob}. */
    record RemoveKeyOf(JobId id) {}

    /** Key of {@link PutState}. */
    record StateKey(JobId id) {}

    /** Key of {@link AppendHistory}. */
    record HistoryKey(RunId id, int series) {}

    /** Key of {@link PutLedger}. */
    record LedgerKey(JobId id, long fromMs) {}

    /** Key of {@link PutDead}. */
    record DeadKey(RunId id) {}

    /** Key of {@link PutRequest}. */
    record RequestKey(String requestId) {}

    /** Key of {@link PutSlot}. */
    record SlotKey(int day) {}

    /** Key of {@link PutTenant}. */
    record TenantKey(String name) {}

    /** Key of {@link PutPause}. */
    record PauseKey(Optional<String> tenant) {}

    /** Key of {@link PutBackfill}. */
    record BackfillKey(JobId job, int number) {}

    /** Key of {@link PutCounts}. */
    record CountsKey(String tenant) {}

    /** Key of {@link PutHead}. */
    enum HeadKey {
        HEAD
    }
}
