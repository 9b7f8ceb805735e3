package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.StoreReader;
import dev.kalends.memory.MemoryStore;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.testing.Samples;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a replica lacks is not found only when the replica is known to have everything. */
final class JobFinderTest {
    private static final int PARTITION = 0;

    private final JobId known = JobId.of(PARTITION, 20_000, 1);
    private final JobId unknown = JobId.of(PARTITION, 20_000, 2);
    private final Replica replica = new Replica(known);
    private final JobFinder finder = new JobFinder(new Partitions(List.of(replica)));
    private final Scope everybody = new Scope(Optional.of("default"), Principal.admin());

    /** A store with one job, which may be behind its leader. */
    private static final class Replica implements PartitionHandle {
        private final MemoryStore store = new MemoryStore(PARTITION);
        private boolean current = true;

        Replica(JobId job) {
            Change waits = new Change.PutSpec(Samples.once(job, Samples.T0), Samples.T0);
            store.apply(new Batch(PARTITION, 1, Samples.T0, List.of(waits)), 1);
        }

        @Override
        public int partition() {
            return PARTITION;
        }

        @Override
        public CompletableFuture<Reply> ask(Command command) {
            throw new UnsupportedOperationException("nothing is asked of it");
        }

        @Override
        public CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
            throw new UnsupportedOperationException("nothing is asked of it");
        }

        @Override
        public StoreReader reader() {
            return store.reader();
        }

        @Override
        public boolean refresh(long waitMs) {
            return current;
        }

        @Override
        public long asOfMs() {
            return Samples.T0;
        }

        @Override
        public Status status() {
            return new Status(false, 1, 0, 0, -1, 0, 0, 0, 0, 0, Missed.NONE, "");
        }

        @Override
        public OptionalLong leaseLeftMs(long token) {
            return OptionalLong.empty();
        }
    }

    private ErrorCode refusal(JobFinder.Use use) {
        return assertThrows(ApiException.class, () -> finder.find(unknown.toString(), everybody, use))
                .code();
    }

    @Test
    void whatNoReplicaHasIsNotFound() {
        assertEquals(ErrorCode.NOT_FOUND, refusal(JobFinder.Use.LOOK));
        assertEquals(ErrorCode.NOT_FOUND, refusal(JobFinder.Use.CHANGE));
    }

    @Test
    void whatAReplicaThatIsBehindLacksMayBeThere() {
        replica.current = false;
        assertEquals(ErrorCode.UNAVAILABLE, refusal(JobFinder.Use.LOOK));
        assertEquals(ErrorCode.UNAVAILABLE, refusal(JobFinder.Use.CHANGE));
    }

    @Test
    void whatAReplicaThatIsBehindHasIsFound() {
        replica.current = false;
        assertEquals(
                known,
                finder.find(known.toString(), everybody, JobFinder.Use.CHANGE).id());
    }
}
