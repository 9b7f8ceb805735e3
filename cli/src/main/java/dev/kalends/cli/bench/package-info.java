/**
 * Owns {@code kalends bench}: measurements of a node by its public API alone, on a node of its own or a running one.
 *
 * <p>A scenario makes load, waits until it is done, and reads what happened from the runs themselves. Figures are
 * medians and percentiles over every run, none is left out because it was late: the load is submitted ahead of time, or
 * at a rate that does not wait and timed from the instant each was meant to be sent, so a slow node cannot slow the
 * load
 * down (coordinated omission). A repetition has a node of its own; a report of several shows medians and spreads.
 *
 * <p>The store alone is measured without a node, through {@link dev.kalends.cli.bench.FarTier}.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code cli.process}, {@code
 * dev.kalends.api}, {@code client}, {@code schedule}. Start reading at {@link dev.kalends.cli.bench.BenchCommand}.
 */
@NullMarked
package dev.kalends.cli.bench;

import org.jspecify.annotations.NullMarked;
