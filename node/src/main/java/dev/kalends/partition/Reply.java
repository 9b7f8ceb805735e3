package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Work;
import java.util.List;
import java.util.Optional;

/** What a command is answered with, released once its changes are committed. */
public sealed interface Reply {
    /** One line per draft, in order. */
    record Submitted(List<Line> lines) implements Reply {}

    /** One line per job or run that a command named, in order. */
    record Acted(List<Act> acts) implements Reply {}

    /**
     * What a claim is granted.
     *
     * @param more whether more waits in the claim's queues
     */
    record Claimed(List<Granted> grants, boolean more) implements Reply {
        /** No work. */
        public static final Claimed NOTHING = new Claimed(List.of(), false);
    }

    /** Run ids whose lease is gone, and run ids that should be stopped politely. */
    record Renewed(List<RunId> lost, List<RunId> cancel) implements Reply {}

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
