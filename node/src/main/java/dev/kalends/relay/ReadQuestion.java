package dev.kalends.relay;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Buckets;
import java.util.Optional;

/**
 * A read of a partition's committed state, as it travels to a node that holds it: the methods of {@link
 * dev.kalends.journal.StoreReader}, without what cannot travel. A predicate stays with whoever asks, who takes all rows
 * of a bounded page. {@link ReadCodec} has the binary form.
 */
public sealed interface ReadQuestion {
    /** What is read whole, because it is small. */
    enum Table {
        /** Nothing but how far the replica is. */
        POSITION,
        HEAD,
        TENANTS,
        COUNTS,
        PAUSES,
        BACKFILLS
    }

    record Whole(Table table) implements ReadQuestion {}

    record OneJob(JobId job) implements ReadQuestion {}

    record Named(String tenant, String name) implements ReadQuestion {}

    record ByIdPrefix(String tenant, String prefix, int limit) implements ReadQuestion {}

    record Jobs(Optional<JobId> after, int limit) implements ReadQuestion {}

    record JobsNamed(String tenant, String prefix, String after, int limit) implements ReadQuestion {}

    record Spec(JobId job, int generation) implements ReadQuestion {}

    record OneRun(RunId run) implements ReadQuestion {}

    record OpenRuns(Optional<RunId> after, int limit) implements ReadQuestion {}

    record OpenRunsOf(JobId job) implements ReadQuestion {}

    record HistoryOf(JobId job, long beforeSequence, int limit) implements ReadQuestion {}

    record History(long beforeSequence, int limit) implements ReadQuestion {}

    record HistoryAfter(long afterSequence, int limit) implements ReadQuestion {}

    record Dead(Optional<RunId> after, int limit) implements ReadQuestion {}

    record Ledger(JobId job, long fromMs, int limit) implements ReadQuestion {}

    record OneOffsDue(long throughMs) implements ReadQuestion {}

    record Waiting(Buckets buckets, Optional<String> tenant) implements ReadQuestion {}

    record AnswersBetween(String fromId, String beforeId, int limit) implements ReadQuestion {}

    record Plans(Optional<JobId> after, int limit) implements ReadQuestion {}
}
