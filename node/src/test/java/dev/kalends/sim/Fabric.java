package dev.kalends.sim;

import dev.kalends.partition.Reply;
import java.util.List;
import java.util.Map;

/** What the nodes of a cluster have in common. */
record Fabric(
        Wiring wiring,
        List<SharedRecord> records,
        LeaseKeeper keeper,
        TicketPost post,
        Map<String, ClusterNode> nodeById) {
    ClusterNode node(String id) {
        ClusterNode node = nodeById.get(id);
        if (node == null) {
            throw new IllegalStateException("no such node; id=" + id);
        }
        return node;
    }

    /** A node answers a renewal: it may acknowledge it only if it owned the partition at some time since it came. */
    void renewed(ClusterNode by, int partition, long receivedMs, Reply reply) {
        if (reply instanceof Reply.Renewed && !keeper.ownedSince(by.id(), partition, receivedMs)) {
            throw new Violation(
                    Invariant.TRUST,
                    by.id() + " acknowledges a renewal after its ownership ended; partition=" + partition);
        }
    }
}
