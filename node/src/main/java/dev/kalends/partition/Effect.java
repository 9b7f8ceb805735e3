package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.Lease;
import dev.kalends.job.RunId;

/** What is to be done after the commit. Idempotent, and made again from the state after a crash. */
public sealed interface Effect {
    /** A job's next fire is due then. */
    record ArmJob(long dueMs, JobId job) implements Effect {}

    /** A run's retry is due then. */
    record ArmRun(long dueMs, RunId run) implements Effect {}

    /** A lease begins; its expiry is measured from now on the monotonic clock. */
    record LeaseGranted(RunId run, long token, String worker) implements Effect {}

    /** A lease is over. */
    record LeaseEnded(long token) implements Effect {}

    /** The worker that holds a lease is asked to stop its run, with its next renewal. */
    record AskToStop(long token) implements Effect {}

    /** A report was refused; for the event stream. */
    record ReportRejected(RunId run, String worker, String why) implements Effect {}

    /** Something happened that is counted. */
    record Counted(Metric metric, long n) implements Effect {}

    /** A first start became known. */
    record Started(RunId run, boolean catchUp, long dueMs, long firedMs, Lease lease, long startedMs)
            implements Effect {}

    /** What is counted. */
    enum Metric {
        SUBMITTED,
        FIRED,
        SUCCEEDED,
        FAILED,
        RETRIED,
        DEAD,
        SKIPPED,
        MISSED,
        CANCELLED,
        LEASES_LOST
    }
}
