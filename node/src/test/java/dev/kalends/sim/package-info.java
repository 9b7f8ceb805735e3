/**
 * The simulator: one seed makes one history of a house, its workers and clients, with faults, on a virtual clock and
 * one thread. After each step the named invariants of {@link dev.kalends.sim.Invariant} are held against it.
 *
 * <p>A house is one node with its disks ({@link dev.kalends.sim.SimulatedNode}) or, two times of three, a cluster
 * ({@link dev.kalends.sim.Cluster}). Real are the partitions' loops, their decisions, the seats, the leased
 * coordination and the worker's lease book; simulated are the network, the record, the lease service, the run queue,
 * the way to the leader, the disks' faults, the executions and time. Start reading at {@link
 * dev.kalends.sim.Simulation}. A failure prints the command that replays it, {@code scripts/simulate --seed N}; {@code
 * --shrink N} finds the faults it needs.
 */
@NullMarked
package dev.kalends.sim;

import org.jspecify.annotations.NullMarked;
