package dev.kalends.node;

import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.NodeDuty.Trust;
import dev.kalends.time.WallClock;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Says whether a node lives, for a watchdog: in each partition that it leads the timer has moved since the last look,
 * and the lease under which it leads was renewed. Not for several threads.
 *
 * <p>A timer that has nothing overdue need not move. One that is behind must have decided further, or committed
 * something, since the last look: a node that makes up for an outage is busy and not stuck.
 */
final class Pulse {
    /** So much may a timer be behind without being looked at: a clock that jumps forward is held for 5 s. */
    static final long BEHIND_MAX_MS = 6_000;

    private final List<PartitionHandle> partitions;
    private final IntFunction<Optional<Trust>> trust;
    private final WallClock clock;
    private final long[] decidedThroughMs;
    private final long[] positions;

    /**
     * A pulse.
     *
     * @param partitions of this node, as it knows them itself
     * @param trust what is left of the lease of a partition; empty when that does not expire
     */
    Pulse(List<PartitionHandle> partitions, IntFunction<Optional<Trust>> trust, WallClock clock) {
        this.partitions = List.copyOf(partitions);
        this.trust = trust;
        this.clock = clock;
        this.decidedThroughMs = new long[partitions.size()];
        this.positions = new long[partitions.size()];
    }

    /** What stands still; empty while all moves. */
    Optional<String> look() {
        Optional<String> problem = Optional.empty();
        for (int i = 0; i < partitions.size(); i++) {
            PartitionHandle partition = partitions.get(i);
            PartitionHandle.Status status = partition.status();
            if (!status.leading()) {
                continue;
            }
            boolean behind = status.decidedThroughMs() < clock.nowMs() - BEHIND_MAX_MS;
            boolean moved = status.decidedThroughMs() > decidedThroughMs[i] || status.position() > positions[i];
            decidedThroughMs[i] = status.decidedThroughMs();
            positions[i] = status.position();
            if (behind && !moved) {
                problem = Optional.of("the timer stands still; partition=" + partition.partition());
            }
            Optional<Trust> left = trust.apply(partition.partition());
            if (left.isPresent() && left.get().leftMs() <= 0) {
                problem = Optional.of("the lease was not renewed; partition=" + partition.partition() + " renewedAgoMs="
                        + left.get().renewedAgoMs());
            }
        }
        return problem;
    }
}
