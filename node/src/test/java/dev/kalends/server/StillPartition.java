package dev.kalends.server;

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
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A partition in which one one-off waits for {@link Samples#T0}; it only says of itself what a test has it say. */
final class StillPartition implements PartitionHandle {
    boolean leading;
    long decidedThroughMs = -1;
    /** Whether it has everything that was committed. */
    boolean current = true;

    private final int partition;
    private final MemoryStore store;

    StillPartition(JobId job) {
        partition = job.partition();
        store = new MemoryStore(partition);
        Change waits = new Change.PutSpec(Samples.once(job, Samples.T0), Samples.T0);
        store.apply(new Batch(partition, 1, Samples.T0, List.of(waits)), 1);
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public CompletableFuture<Reply> ask(Command command) {
        throw new AssertionError("nothing is asked of it; command=" + command);
    }

    @Override
    public CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
        throw new AssertionError("nothing is claimed of it; claim=" + claim);
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
        return new Status(leading, 1, 0, 0, decidedThroughMs, 0, 0, 0, 0, 0, Missed.NONE, "");
    }

    @Override
    public OptionalLong leaseLeftMs(long token) {
        return OptionalLong.empty();
    }
}
