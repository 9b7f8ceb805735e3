/**
 * Owns the store in memory: what runs the real core without a disk, in rehearsals and in tests.
 *
 * <p>It passes the same contract as the store on disk. May import: {@code job}, {@code journal}, {@code time}. Start
 * reading at {@link dev.kalends.memory.MemoryStore}.
 */
@NullMarked
package dev.kalends.memory;

import org.jspecify.annotations.NullMarked;
