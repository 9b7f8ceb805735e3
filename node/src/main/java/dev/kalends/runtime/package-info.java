/**
 * Owns the partition's thread: it drains commands, decides, commits, releases replies, and keeps the timing wheel
 * filled from the far tier. Also leadership, what is led and held here, parked claims, the event stream and the meters.
 *
 * <p>{@link dev.kalends.runtime.PartitionLoop} does one bounded step per {@code doWork(now)} and is driven by a thread
 * or by a simulator. May import: all lower levels. Start reading at {@link dev.kalends.runtime.PartitionLoop}.
 */
@NullMarked
package dev.kalends.runtime;

import org.jspecify.annotations.NullMarked;
