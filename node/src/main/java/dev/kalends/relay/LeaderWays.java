package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Standing;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.time.MonotonicClock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * What is needed to find the leader of one partition and to speak to it.
 *
 * @param self this node's id
 * @param local the partition's replica here
 * @param overview who owns what, as of the last look
 */
record LeaderWays(String self, PartitionHandle local, Peers peers, Supplier<Overview> overview, MonotonicClock clock) {
    int partition() {
        return local.partition();
    }

    /** The other node that owns the partition, as far as is known. */
    Optional<Member> leader() {
        return overview.get()
                .owner(partition())
                .map(Standing::member)
                .filter(member -> !member.id().equals(self));
    }

    /** What a partition here refused with. */
    ApiException refusal(ExecutionException failed) {
        return failed.getCause() instanceof ApiException refused
                ? refused
                : new ApiException(
                        ErrorCode.INTERNAL,
                        "a partition failed to answer; partition=" + partition() + " cause=" + failed.getCause(),
                        "the node's log has the rest");
    }
}
