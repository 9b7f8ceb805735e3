/**
 * Owns coordination by ZooKeeper: a session is a lease, members and partitions are ephemeral nodes under {@code
 * /kalends/CLUSTER}, a few for each node.
 *
 * <p>May import: {@code time}, {@code job}, {@code lease}. Start reading at {@link
 * dev.kalends.zookeeper.ZooKeeperCoordination}; what leases mean is in {@link dev.kalends.lease.LeasedCoordination}.
 */
@NullMarked
package dev.kalends.zookeeper;

import org.jspecify.annotations.NullMarked;
