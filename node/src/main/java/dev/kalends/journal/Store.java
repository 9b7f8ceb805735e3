package dev.kalends.journal;

import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import java.util.List;
import java.util.function.Consumer;

/**
 * A partition's state on disk, made from its journal: keyed state, the far tier of waiting jobs, and history.
 *
 * <p>Written and read by the partition's thread only; {@link #reader()} serves every other thread. Every method may
 * throw {@link StoreException}; after one from {@link #apply} the batch is either wholly in or wholly out, and the
 * caller reloads.
 *
 * <p>The agenda is what wakes the partition: {@code (due, job)} for fires and {@code (due, run)} for retries. The
 * store derives it from the changes (a one-off spec, {@code JobState.next}, a RETRYING run's {@code wakeMs}); it is
 * local to the store and never journaled. It may name fires that were since moved or cancelled: whoever fires checks.
 */
public interface Store extends KeyedState, AutoCloseable {
    /** Position of the last applied batch, 0 for none. */
    long position();

    /**
     * Makes a batch durable, together with its position, which must be greater than {@link #position()}; else throws
     * {@link IllegalArgumentException} and changes nothing.
     */
    void apply(Batch batch, long position);

    /**
     * Copies due instants of day slots that begin before {@code nowMs} + 1 day into the agenda, a bounded amount. A
     * one-off that comes into a slot already copied is copied by the next call; none is copied twice.
     * A job that was cancelled meanwhile comes along: when it comes due it is given its verdict.
     *
     * @param limit rows at most
     * @return whether there is more to copy now
     */
    boolean cascade(long nowMs, int limit);

    /**
     * The instant before which every due instant is in the agenda already, however much {@link #cascade} has yet to
     * copy: slots are copied one day after the other. {@link Long#MIN_VALUE} where a store cannot say.
     */
    long copiedBeforeMs();

    /** Streams the agenda's entries with {@code fromMs <= due < toMs}, in no particular order within a minute. */
    void due(long fromMs, long toMs, DueSink sink);

    /**
     * Says that every entry due at or before an instant that stands in the agenda now was decided, by the batch that is
     * applied next or before. They go with the next apply; a failed apply takes the word back. What an apply or a
     * cascade adds stays, however early it is due.
     */
    void forgetDue(long throughMs);

    /**
     * Looks through a passed day slot for one-offs that still wait, a bounded amount: those without state and without
     * an open run.
     *
     * @param fromSequence where to go on, 0 at first
     * @param limit rows looked at, at most
     * @param waiting receives each job that still waits
     * @return the sequence to go on from, or -1 at the end
     */
    long audit(int day, long fromSequence, int limit, Consumer<JobId> waiting);

    /** Streams all open runs, for rebuilding what is in memory. */
    void openRuns(Consumer<Run> sink);

    /** Names of all tenants that have a counter or a limit. */
    List<String> tenants();

    /** Ids of request answers that expired at or before an instant, a bounded number. */
    List<String> expiredRequests(long nowMs, int limit);

    /** Submit keys that expired at or before an instant, a bounded number; never those of a job that lives. */
    List<SubmitKey.Id> expiredSubmitKeys(long nowMs, int limit);

    /** Dead letters that died before an instant, a bounded number. */
    List<RunId> deadBefore(long diedBeforeMs, int limit);

    /**
     * Jobs that finished or were cancelled before an instant, without open runs, whose last history line is gone, a
     * bounded number. A call may look at only some of them; the next one goes on behind.
     */
    List<JobId> forgottenJobs(long overBeforeMs, int limit);

    /**
     * Removes history lines that ended before an instant, a bounded number, in a commit of its own; the position stays.
     *
     * @return lines removed
     */
    int pruneHistory(History cut, int limit);

    /** What {@link #pruneHistory} may remove: successes and all others ended before these instants. */
    record History(long succeededBeforeMs, long othersBeforeMs) {}

    /** Reads from any thread. */
    StoreReader reader();

    @Override
    void close();

    /** Receives agenda entries. */
    interface DueSink {
        /** A job's next fire. */
        void job(long dueMs, JobId job);

        /** An open run's wake-up. */
        void run(long dueMs, RunId run);
    }
}
