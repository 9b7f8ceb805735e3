package dev.kalends.server;

import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Standby;
import dev.kalends.lease.Standing;
import dev.kalends.relay.PeerWatch;
import dev.kalends.relay.PeerWatch.Seen;
import dev.kalends.relay.Peers;
import dev.kalends.runtime.Replica;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    /** What is wrong with the nodes' settings: all must have one {@code --standby}. */
    public Optional<String> clash() {
        Map<String, String> standbyByNode = new TreeMap<>(Map.of(self, standby.toString()));
        overview.get().standings().stream()
                .map(standing -> standing.member().id())
                .forEach(id -> watch.seen(id).map(Seen::status).ifPresent(status -> {
                    String told = Optional.ofNullable(status.standby()).orElse(Standby.ALL.toString());
                    standbyByNode.put(id, told);
                }));
        return Set.copyOf(standbyByNode.values()).size() == 1
                ? Optional.empty()
                : Optional.of("the nodes of a cluster must be started with the same --standby, or replicas lie where"
                        + " nobody expects them; standbyByNode=" + standbyByNode);
    }

    /** Whether this node is the first of the live ones that have a webhook for alerts: that one tells. */
    public boolean firstToTell() {
        return overview.get().standings().stream()
                .map(standing -> standing.member().id())
                .filter(id -> id.equals(self)
                        || watch.seen(id)
                                .filter(seen ->
                                        Boolean.TRUE.equals(seen.status().tellsAlerts()))
                                .isPresent())
                .min(Comparator.naturalOrder())
                .map(self::equals)
                .orElse(true);
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
