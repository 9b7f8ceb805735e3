/**
 * Owns leadership: members, partition ownership and the trust window, behind the port {@link
 * dev.kalends.lease.Coordination}. Run leases are not here: they live in the partition.
 *
 * <p>May import: {@code time}, {@code job}. Start reading at {@link dev.kalends.lease.Coordination}.
 */
@NullMarked
package dev.kalends.lease;

import org.jspecify.annotations.NullMarked;
