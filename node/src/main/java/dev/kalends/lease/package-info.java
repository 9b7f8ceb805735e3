/**
 * Owns leadership: members, partition ownership and the trust window, behind the port {@link
 * dev.kalends.lease.Coordination}. Run leases are not here: they live in the partition.
 *
 * <p>Alone, a node has {@link dev.kalends.lease.LocalCoordination}. In a cluster it has {@link
 * dev.kalends.lease.LeasedCoordination} over a {@link dev.kalends.lease.LeaseService}, which is all that an adapter
 * is; the trust window is in {@code Tenure}. Who should lead what is decided by {@link dev.kalends.lease.Seating}, and
 * who should hold what by {@link dev.kalends.lease.Holding}.
 *
 * <p>May import: {@code time}, {@code job}. Start reading at {@link dev.kalends.lease.Coordination}.
 */
@NullMarked
package dev.kalends.lease;

import org.jspecify.annotations.NullMarked;
