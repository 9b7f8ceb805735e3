/**
 * Owns the claims of workers at a node: what a worker may still be granted is laid out over the partitions, where it
 * waits for work in the leaders' own memory, so that most runs are granted in the commit that fires them.
 *
 * <p>May import: {@code runqueue}, {@code partition}, {@code time}. No clocks, no threads: the simulator runs it as it
 * is. Start reading at {@link dev.kalends.claim.ClaimDesk}.
 */
@NullMarked
package dev.kalends.claim;

import org.jspecify.annotations.NullMarked;
