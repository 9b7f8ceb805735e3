/**
 * The simulator: one seed makes one history of a node, its workers and clients, with faults, on a virtual clock and one
 * thread. After each step the named invariants of {@link dev.kalends.sim.Invariant} are held against it.
 *
 * <p>Real are the partition's loop, its decisions and the worker's lease book; simulated are the network, the disk's
 * faults, the executions and time. Start reading at {@link dev.kalends.sim.Simulation}. A failure prints the command
 * that replays it: {@code scripts/simulate --seed N}.
 */
@NullMarked
package dev.kalends.sim;

import org.jspecify.annotations.NullMarked;
