package dev.kalends.partition;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.LeaseId;
import dev.kalends.job.RunId;
import dev.kalends.job.Tenant;
import dev.kalends.journal.SubmitKey;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked of a partition.
 *
 * <p>Commands of clients carry a request id: the same id again gets the same answer. The others come from the
 * partition's own timers and from workers, and are idempotent by themselves.
 */
public sealed interface Command {
    /** A command of a client, which may be sent again. */
    sealed interface Requested extends Command {
        /** Made by the client, 1 to 100 bytes. */
        String requestId();
    }

    /** New jobs, at most {@link dev.kalends.job.Limits#BULK_CHUNK_LINES_MAX}. */
    record Submit(String requestId, long bodyHash, List<Draft> drafts) implements Requested {}

    /** Ends a job: nothing of it starts any more. */
    record Cancel(String requestId, JobId job, Stop stop) implements Requested {}

    record CancelRun(String requestId, RunId run, Stop stop) implements Requested {}

    /** Makes a manual run now. */
    record Trigger(String requestId, JobId job, Force force) implements Requested {}

    /** Reopens a dead run, or makes a manual run of the same job for one that ended otherwise. */
    record Rerun(String requestId, RunId run) implements Requested {}

    /** Reopens dead letters with a new series of attempts. */
    record Redrive(String requestId, List<RunId> runs) implements Requested {}

    /** Drops dead letters; their runs stay dead in history. */
    record Discard(String requestId, List<RunId> runs) implements Requested {}

    /** Holds jobs back: nothing of them starts that does not run yet. */
    record PauseJobs(String requestId, List<JobId> jobs, Hold hold) implements Requested {}

    /**
     * Lets paused jobs go on.
     *
     * @param catchUp what becomes of the fires held back; empty = recurring ones are skipped, one-offs run
     */
    record ResumeJobs(String requestId, List<JobId> jobs, Optional<CatchUp> catchUp) implements Requested {}

    /** Holds back everything of a tenant, or everything. */
    record PauseAll(String requestId, Optional<String> tenant, Hold hold) implements Requested {}

    /** Takes back a pause of a tenant, or of everything. */
    record ResumeAll(String requestId, Optional<String> tenant, Optional<CatchUp> catchUp) implements Requested {}

    /**
     * A new generation of a job.
     *
     * @param generation the one that was edited; if another came meanwhile, the edit is refused
     * @param draft what the job shall be, whole; its name is the job's own
     */
    record Edit(String requestId, JobId job, int generation, Draft draft) implements Requested {}

    /**
     * Makes up for a stretch of the past.
     *
     * @param fromMs first nominal instant
     * @param untilMs the stretch ends before this
     */
    record Backfill(String requestId, JobId job, long fromMs, long untilMs, int perSec) implements Requested {}

    /** Ends a job's backfills: what is made and not yet started is cancelled. */
    record CancelBackfill(String requestId, JobId job) implements Requested {}

    /**
     * Takes a run's lease back: its worker is told so with its next renewal, and the attempt ends as lost when the
     * lease has run out, which nothing prolongs any more. Until then the worker's report still counts.
     */
    record Release(String requestId, RunId run) implements Requested {}

    /**
     * A command that is decided only while everything is as the one who asks has seen it.
     *
     * @param command neither of this kind nor a submit, which names nothing that could have been seen
     */
    record IfUnchanged(List<Seen> seen, Requested command) implements Requested {
        public IfUnchanged {
            seen = List.copyOf(seen);
            if (command instanceof IfUnchanged || command instanceof Submit) {
                throw new IllegalArgumentException("such a command has no condition; command=" + command);
            }
        }

        @Override
        public String requestId() {
            return command.requestId();
        }
    }

    record SetTenant(String requestId, Tenant tenant) implements Requested {}

    /** Lets a feature level be written from now on: every member reads it. It cannot be taken back. */
    record FinalizeLevel(String requestId, int level) implements Requested {}

    /** Puts on record what somebody did; changes nothing else. */
    record Note(String requestId, Deed deed) implements Requested {}

    /** A job's timer went off. */
    record Fire(JobId job) implements Command {}

    /** A run's timer went off: its retry is due. */
    record Wake(RunId run) implements Command {}

    /**
     * A worker asks for runs of some queues.
     *
     * @param free how many at most
     * @param noops how many that do nothing on top of them: they take no slot
     */
    record Claim(String worker, List<String> queues, int free, int noops) implements Command {
        /** For nothing on top. */
        public Claim(String worker, List<String> queues, int free) {
            this(worker, queues, free, 0);
        }
    }

    /**
     * A worker still needs its leases.
     *
     * @param disowned leases that the worker was asked about, does not hold and will not take any more: their grants
     *     were lost on the way
     */
    record Renew(String worker, List<Held> held, List<LeaseId> disowned) implements Command {
        /** Nothing was asked. */
        public Renew(String worker, List<Held> held) {
            this(worker, held, List.of());
        }
    }

    /** Attempts have finished. */
    record Report(String worker, List<Finished> reports) implements Command {}

    /** A lease was not renewed in time. */
    record LeaseExpired(RunId run, long token) implements Command {}

    /**
     * Time for what goes on by itself in small portions: pauses that end, what they held, backfills.
     *
     * @param passedMs since the last time
     */
    record Tend(long passedMs) implements Command {}

    /** What is past keeping, as the store found it, a bounded amount. */
    record Sweep(List<String> requests, List<SubmitKey.Id> keys, List<RunId> letters, List<JobId> jobs)
            implements Command {}

    /** What a cancel does to a run that is executing. */
    enum Stop {
        /** Lets it finish. */
        LET_FINISH,
        /** Asks its worker to stop it. */
        STOP_RUNNING
    }

    /** Whether a trigger heeds the overlap policy and pauses. */
    enum Force {
        HEED,
        IGNORE
    }

    /**
     * How something is paused.
     *
     * @param forMs it ends by itself after this; empty = when somebody resumes
     */
    record Hold(Optional<Long> forMs, Optional<String> reason) {}

    /**
     * A lease that is renewed.
     *
     * @param startedMs when execution started; -1 = not yet
     */
    record Held(RunId run, long token, long startedMs) {}
}
