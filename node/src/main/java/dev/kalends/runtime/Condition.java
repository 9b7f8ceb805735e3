package dev.kalends.runtime;

import dev.kalends.runtime.PartitionHandle.Missed;
import dev.kalends.runtime.PartitionHandle.Status;
import dev.kalends.time.MonotonicClock;
import java.util.Optional;

/** What a partition's loop says of itself; from any thread. */
record Condition(Inbox inbox, Applied applied, Follower follower, MonotonicClock clock) {
    /**
     * The loop's condition now.
     *
     * @param leader its term, when it leads
     */
    Status told(Optional<Leadership> leader, long epoch, String problem) {
        return new Status(
                leader.isPresent(),
                epoch,
                leader.map(Leadership::pendingTimers).orElse(0),
                leader.map(Leadership::wheelLagMs).orElse(0L),
                leader.map(Leadership::decidedThroughMs).orElse(-1L),
                inbox.size(),
                leader.map(Leadership::leases).orElse(0),
                leader.map(Leadership::parked).orElse(0),
                applied.position(),
                leader.isPresent() ? 0 : follower.behind(),
                leader.map(leading -> leading.missed(clock.nowNs())).orElse(Missed.NONE),
                problem);
    }
}
