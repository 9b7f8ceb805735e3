/**
 * Owns rehearsals: the real core, on a virtual clock and a store in memory, shows what would become of jobs in a
 * stretch of time with outages and lost leaders.
 *
 * <p>It has no model of firing: what it reports is what {@link dev.kalends.runtime.PartitionLoop} committed. Bounded
 * and deterministic; it asks no clock and no disk. Not foretold is which of several runs that become ready at one
 * moment starts first. May import: all lower levels. Start reading at {@link dev.kalends.rehearsal.Rehearsal}.
 */
@NullMarked
package dev.kalends.rehearsal;

import org.jspecify.annotations.NullMarked;
