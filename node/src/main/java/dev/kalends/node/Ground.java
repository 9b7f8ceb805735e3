package dev.kalends.node;

import dev.kalends.api.CheckView;
import dev.kalends.journal.OutputLog;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Fitness;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.NodeDuty.Trust;
import dev.kalends.server.QueueBook;
import dev.kalends.sqlite.Durability;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a node's partitions stand on: its own disk when it is alone, services outside of it in a cluster. */
interface Ground extends AutoCloseable {
    /** {@code embedded} or {@code cluster}. */
    String mode();

    /** How the stores keep what is applied to them. */
    Durability durability();

    /** What the partitions' loops are given. */
    PartitionSet.Ports ports();

    /**
     * Whether the stores go on where they are, or must begin from nothing.
     *
     * @param highestPosition of all stores
     */
    boolean goesOn(long highestPosition) throws StartFailedException;

    /** The stores were made anew. */
    void beganAnew();

    /** Partitions that nothing was ever written of: to hold one of them costs nothing. */
    Set<Integer> blank();

    /** All replicas that were here at the start are followed now. */
    void followsAll();

    /** Where output tails are kept, beyond this node's own. */
    OutputLog output(OutputLog local);

    /** Joins the others; waits for a membership under the same id that is about to expire. */
    void join(Member self) throws StartFailedException;

    /** What the node is fit for, by its surroundings. */
    Fitness fitness(List<PartitionHandle> replicas);

    QueueBook queues();

    /** What is found out about the services that the node depends on, none if alone; may take some seconds. */
    List<CheckView> checks();

    /** What is left of the leadership of a partition. */
    Optional<Trust> trust(int partition);

    @Override
    void close();
}
