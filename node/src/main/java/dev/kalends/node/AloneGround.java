package dev.kalends.node;

import dev.kalends.api.CheckView;
import dev.kalends.journal.EmbeddedJournal;
import dev.kalends.journal.OutputLog;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.LocalCoordination;
import dev.kalends.lease.Seating;
import dev.kalends.lease.SeatingTerms;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.NodeDuty.Trust;
import dev.kalends.server.QueueBook;
import dev.kalends.sqlite.Durability;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An embedded node's ground: the lock of its data directory is all the coordination there is. */
final class AloneGround implements Ground {
    private final LocalCoordination coordination = new LocalCoordination();
    private final LocalRunQueue queue = new LocalRunQueue();
    private final PartitionSet.Ports ports;

    AloneGround(String nodeId, int partitions) {
        this.ports = new PartitionSet.Ports(
                (partition, store) -> new EmbeddedJournal(partition, store.position()),
                queue,
                coordination,
                new Seating(nodeId, partitions, SeatingTerms.ALONE),
                Optional.empty());
    }

    @Override
    public String mode() {
        return "embedded";
    }

    @Override
    public Durability durability() {
        return Durability.FULL;
    }

    @Override
    public PartitionSet.Ports ports() {
        return ports;
    }

    @Override
    public boolean goesOn(long highestPosition) {
        return true;
    }

    @Override
    public void beganAnew() {}

    @Override
    public Set<Integer> blank() {
        return Set.of();
    }

    @Override
    public void followsAll() {}

    @Override
    public OutputLog output(OutputLog local) {
        return local;
    }

    @Override
    public void join(Member self) throws StartFailedException {
        try {
            coordination.join(self);
        } catch (CoordinationException e) {
            throw new StartFailedException(
                    NodeExit.INTERNAL, Optional.ofNullable(e.getMessage()).orElse("it cannot join itself"), "", e);
        }
    }

    @Override
    public Fitness fitness(List<PartitionHandle> replicas) {
        return Fitness.ALL;
    }

    @Override
    public QueueBook queues() {
        return QueueBook.open();
    }

    @Override
    public List<CheckView> checks() {
        return List.of();
    }

    @Override
    public Optional<Trust> trust(int partition) {
        return Optional.empty();
    }

    @Override
    public void close() {
        queue.close();
        coordination.close();
    }
}
