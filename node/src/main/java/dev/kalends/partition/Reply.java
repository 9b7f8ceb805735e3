package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LeaseId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Work;
import java.util.List;
import java.util.Optional;

/** What a command is answered with, released once its changes are committed. */
public sealed interface Reply {
    /**
     * The same, with leases that count from a while before the question came: from when the leader's own right to lead
     * was last confirmed. Whoever leads next may have taken over right after that, whatever the old leader believed, so
     * a lease that it finds is certainly over once it has waited for a whole TTL.
     */
    default Reply countedFrom(long agoMs) {
        return this;
    }

    /** One line per draft, in order. */
    record Submitted(List<Line> lines) implements Reply {}

    /** One line per job or run that a command named, in order. */
    record Acted(List<Act> acts) implements Reply {}

    /**
     * What a claim is granted.
     *
     * @param more whether more waits in the claim's queues
     * @param agoMs see {@link #countedFrom}
     * @param doubted leases in the worker's name that nothing has been heard of: their grants may have been lost
     */
    record Claimed(List<Granted> grants, boolean more, long agoMs, List<LeaseId> doubted) implements Reply {
        /** No work. */
        public static final Claimed NOTHING = new Claimed(List.of(), false);

        public Claimed(List<Granted> grants, boolean more) {
            this(grants, more, 0, List.of());
        }

        @Override
        public Reply countedFrom(long newAgoMs) {
            return new Claimed(grants, more, newAgoMs, doubted);
        }

        /** The same, and what the leader wants to know. */
        public Claimed doubting(List<LeaseId> leases) {
            return new Claimed(grants, more, agoMs, leases);
        }
    }

    /**
     * What became of leases.
     *
     * @param lost runs whose lease is gone
     * @param cancel runs that should be stopped politely
     * @param agoMs see {@link #countedFrom}
     */
    record Renewed(List<RunId> lost, List<RunId> cancel, long agoMs) implements Reply {
        public Renewed(List<RunId> lost, List<RunId> cancel) {
            this(lost, cancel, 0);
        }

        @Override
        public Reply countedFrom(long newAgoMs) {
            return new Renewed(lost, cancel, newAgoMs);
        }
    }

    /** One verdict per report, in order. */
    record Reported(List<Verdict> verdicts) implements Reply {}

    /** The command changed nothing. */
    record Refused(ErrorCode code, String message, String hint) implements Reply {}

    /** A timer's command was decided. */
    record Done() implements Reply {}

    /**
     * The outcome of one draft.
     *
     * @param job the job made or found; empty when refused
     * @param nextDueMs its next fire, -1 for none
     */
    record Line(Optional<JobId> job, long nextDueMs, boolean created, Optional<Refused> refused) {}

    /**
     * What was done to one job or run.
     *
     * @param id the job's or run's id as text
     * @param outcome one word
     * @param detail one line for people; may be empty
     * @param runs runs made or touched
     */
    record Act(String id, String outcome, String detail, List<RunId> runs) {}

    /** A lease, with what to execute. */
    record Granted(Run run, JobSpec spec) {
        /** Whether it takes a slot of the worker's: what does nothing ends as it begins. */
        public boolean takesSlot() {
            return !(spec.work() instanceof Work.Noop);
        }
    }

    /** What became of a report. */
    sealed interface Verdict {
        record Accepted() implements Verdict {}

        /** The same report had been accepted before. */
        record Repeated() implements Verdict {}

        record Rejected(String why) implements Verdict {}
    }
}
