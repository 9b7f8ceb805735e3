/**
 * Owns coordination by etcd: leases, members and partitions as keys under {@code /kalends/CLUSTER/}, a few for each
 * node.
 *
 * <p>May import: {@code time}, {@code job}, {@code lease}. Start reading at {@link dev.kalends.etcd.EtcdCoordination};
 * what leases mean is in {@link dev.kalends.lease.LeasedCoordination}.
 */
@NullMarked
package dev.kalends.etcd;

import org.jspecify.annotations.NullMarked;
