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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A partition's state, read by key. */
public interface KeyedState {
    /** The current generation. */
    Optional<JobSpec> spec(JobId id);

    Optional<JobSpec> spec(JobId id, int generation);

    Optional<JobState> state(JobId id);

    /** An open run. */
    Optional<Run> run(RunId id);

    /** All open runs of a job, by run id. */
    List<Run> openRuns(JobId id);

    /** The last history line of a run that ended. */
    Optional<Run> finished(RunId id);

    Optional<DeadLetter> dead(RunId id);

    /** The job that took a name last, live or not. */
    Optional<JobId> named(String tenant, String name);

    Optional<SubmitKey> submitKey(SubmitKey.Id id);

    Optional<RequestAnswer> request(String requestId);

    /** The next free sequence number of a day slot, from 0. */
    long nextSequence(int day);

    Optional<Tenant> tenant(String name);

    Counts counts(String tenant);

    /** The pauses of tenants and of everything, in force or being taken back. */
    List<PauseOrder> pauses();

    /** Jobs that a pause of a tenant, or of everything (empty), holds back, by id, a bounded number. */
    List<JobId> heldBy(Optional<String> tenant, int limit);

    /** Backfills that go on, by job and number. */
    List<Backfill> backfills();

    Head head();

    /**
     * What is stored of jobs, many at once.
     *
     * @return by job, in no order; a job without a spec is left out
     */
    default Map<JobId, JobRecord> records(List<JobId> jobs) {
        Map<JobId, JobRecord> found = new HashMap<>();
        for (JobId job : jobs) {
            spec(job).ifPresent(spec -> found.put(job, new JobRecord(spec, state(job), openRuns(job))));
        }
        return found;
    }

    /** The ledger line with the greatest {@code fromMs} at or before an instant. */
    Optional<LedgerLine> ledgerAtOrBefore(JobId job, long nominalMs);

    /** The ledger line with the smallest {@code fromMs} after an instant. */
    Optional<LedgerLine> ledgerAfter(JobId job, long nominalMs);
}
