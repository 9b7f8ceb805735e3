package dev.kalends.journal;

import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads of committed state for listings and views, from any thread, each in a short snapshot of its own.
 *
 * <p>Pages are bounded; {@code after} is exclusive, and a page shorter than its limit is the last one.
 */
public interface StoreReader {
    /** Position of the last applied batch that this reader sees. */
    long position();

    /** A job with its state, which is absent for a one-off that still waits. */
    record JobRow(JobSpec spec, Optional<JobState> state, boolean open) {}

    Optional<JobRow> job(JobId id);

    Optional<JobId> named(String tenant, String name);

    /** Jobs whose displayed id starts with a prefix of 6 or more characters, at most {@code limit}; a bounded scan. */
    List<JobId> byIdPrefix(String tenant, String prefix, int limit);

    /**
     * Jobs in id order.
     *
     * @param after go on after this id; empty from the start
     * @param wanted which to keep
     * @param scan jobs looked at, at most: bounds the time of one call
     */
    JobPage jobs(Optional<JobId> after, Predicate<JobRow> wanted, int limit, int scan);

    /**
     * Jobs of a tenant whose name starts with a text, in name order.
     *
     * @param after go on after this name; empty from the start
     */
    List<JobRow> jobsNamed(String tenant, String prefix, String after, int limit);

    /**
     * A page of jobs.
     *
     * @param next where to go on, empty at the end
     */
    record JobPage(List<JobRow> rows, Optional<JobId> next) {}

    Optional<JobSpec> spec(JobId id, int generation);

    /** An open or finished run, newest state. */
    Optional<Run> run(RunId id);

    /** Open runs, by run id. */
    List<Run> openRuns(Optional<RunId> after, Predicate<Run> wanted, int limit);

    /** Open runs of one job. */
    List<Run> openRuns(JobId job);

    /** History lines of one job, newest first, with the sequence numbers of {@link HistoryPage#next}. */
    List<Run> history(JobId job, long beforeSequence, int limit);

    /**
     * History lines of all jobs, newest first; a run that was redriven and ended again has one for each time.
     *
     * @param beforeSequence go on before this line; {@link Long#MAX_VALUE} from the newest
     * @param scan lines looked at, at most
     */
    HistoryPage history(long beforeSequence, Predicate<Run> wanted, int limit, int scan);

    /**
     * A page of history.
     *
     * @param next where to go on, or -1 at the end
     */
    record HistoryPage(List<Run> runs, long next) {}

    /** Dead letters by run id. */
    List<DeadLetter> dead(Optional<RunId> after, Predicate<DeadLetter> wanted, int limit);

    /** Ledger lines of a job in time order, from the one that ends at or after an instant on. */
    List<LedgerLine> ledger(JobId job, long fromMs, int limit);

    List<Tenant> tenants();

    List<Counts> counts();

    /**
     * What was answered under request ids from one text on and before another, by id.
     *
     * @param fromId the first, itself included
     * @param beforeId the end, itself not
     */
    List<RequestAnswer> answers(String fromId, String beforeId, int limit);

    /** The pauses of tenants and of everything, in force or being taken back. */
    List<PauseOrder> pauses();

    /** Backfills that go on, by job and number. */
    List<Backfill> backfills();

    Head head();

    /**
     * One-off jobs whose due instant is at or before an instant and that are still stored, counted from the specs:
     * the expected side of the ledger. A bounded scan: passed slots are counted once and remembered.
     */
    long oneOffsDue(long throughMs);

    /**
     * Counts one-offs that wait, by the bucket in which they come due: by counters where these say it, else from their
     * rows. What they do is not read. Of more rows than a store looks at, a part stands for all. Those that were
     * edited are left out: {@link #plans} has them.
     *
     * @param tenant whose; empty = everybody's, which is cheaper where there is more than one tenant
     */
    Waiting waiting(Buckets buckets, Optional<String> tenant);

    /**
     * Waiting one-offs by bucket.
     *
     * @param estimated how many of them were not counted, but are told from a part of the rows
     */
    record Waiting(long[] counts, long estimated) {
        /** Counted, all of them. */
        public static Waiting exactly(long[] counts) {
            return new Waiting(counts, 0);
        }
    }

    /**
     * Plans of jobs that were made to repeat or were edited since, with their states, in id order: as much of them as
     * says when they fire.
     *
     * @param after go on after this id; empty from the start
     * @param scan jobs looked at, at most: bounds the time of one call
     */
    PlanPage plans(Optional<JobId> after, int scan);

    /** A job's plan, and where it stands; it fires only if it has a state with a next fire. */
    record Planned(JobPlan plan, Optional<JobState> state) {}

    /**
     * A page of plans.
     *
     * @param next where to go on, empty at the end
     */
    record PlanPage(List<Planned> rows, Optional<JobId> next) {}

    /**
     * Streams the state as changes, in one snapshot and in bounded memory: applied to an empty store in this order,
     * they make a store that holds the same. No key comes twice, nothing is removed.
     *
     * <p>The snapshot lasts as long as the sink takes: it holds up nobody, but a store on disk cannot shorten its log
     * meanwhile. On a node that works, dump only what takes seconds.
     *
     * @return the position of the snapshot
     */
    long dump(Dump dump, Consumer<Change> sink);

    /** History lines of all jobs, oldest first, from the one after a sequence number on; 0 from the oldest. */
    HistoryPage historyAfter(long afterSequence, int limit);
}
