/**
 * Owns what travels between the nodes of a cluster: the binary form of commands and replies, the way of a command to
 * the leader of its partition, reads of partitions that are not held here, what nodes know of one another, and how far
 * their clocks are apart.
 *
 * <p>A command goes at most one step: whoever gets it from another node decides it or refuses. So nothing goes in
 * circles, and one place, {@link dev.kalends.relay.RoutedPartition}, looks for the leader and tries again. May import:
 * {@code runtime}, {@code partition}, {@code journal}, {@code lease}, {@code api}, {@code job}, {@code time}. Start
 * reading at {@link dev.kalends.relay.RoutedPartition}.
 */
@NullMarked
package dev.kalends.relay;

import org.jspecify.annotations.NullMarked;
