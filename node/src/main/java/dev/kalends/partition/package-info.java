/**
 * Owns the decisions: what a command does to a partition's state. The heart.
 *
 * <p>{@code decide} is pure: no clock, no IO, no threads, no randomness. It reads a view and answers with changes, a
 * reply and effects. Whoever calls it commits the changes, then releases the reply and runs the effects.
 *
 * <p>May import: {@code time}, {@code job}, {@code schedule}, {@code api} (error codes), {@code journal}, {@code
 * runqueue}. Start reading at {@link dev.kalends.partition.Command}, then {@link dev.kalends.partition.Decider}.
 */
@NullMarked
package dev.kalends.partition;

import org.jspecify.annotations.NullMarked;
