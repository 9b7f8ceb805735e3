package dev.kalends.server;

import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Standby;
import dev.kalends.lease.Standing;
import dev.kalends.relay.PeerWatch;
import dev.kalends.relay.Peers;
import dev.kalends.runtime.Replica;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * This node among the others; alone when it is embedded.
 *
 * @param self this node's id
 * @param standby how many nodes hold a partition beside its leader
 * @param replicas the partitions here, in the order of their numbers: they never pass anything on
 * @param overview who is a member and who owns what, as of the last look
 */
public record Fleet(
        String self,
        Standby standby,
        List<Replica> replicas,
        Supplier<Overview> overview,
        Peers peers,
        PeerWatch watch,
        NodeDuty duty,
        QueueBook queues) {
    public Fleet {
        replicas = List.copyOf(replicas);
    }

    /** Which node leads a partition, as far as is known. */
    Optional<String> leader(int partition) {
        return replicas.get(partition).status().leading()
                ? Optional.of(self)
                : overview.get().owner(partition).map(Standing::member).map(Member::id);
    }

    /** Which nodes hold a replica of a partition, as far as they answer; empty where all nodes hold all. */
    Optional<List<String>> holders(int partition) {
        if (standby.isAll()) {
            return Optional.empty();
        }
        return Optional.of(overview.get().standings().stream()
                .map(standing -> standing.member().id())
                .filter(id -> holds(id, partition))
                .toList());
    }

    private boolean holds(String node, int partition) {
        return node.equals(self)
                ? replicas.get(partition).held()
                : watch.seen(node).stream()
                        .flatMap(seen -> seen.status().partitions().stream())
                        .anyMatch(one -> one.partition() == partition && one.holds());
    }

    /** The replica of a partition here; empty when there is no such partition. */
    Optional<Replica> replica(int partition) {
        return partition >= 0 && partition < replicas.size() ? Optional.of(replicas.get(partition)) : Optional.empty();
    }
}
