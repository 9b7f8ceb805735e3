/**
 * Owns the conversation with the nodes: polls, actions, going over to another node.
 *
 * <p>May import: {@code tui.model}, {@code tui.update} for its messages, the node's {@code api}, {@code client} and
 * {@code time}. Start reading at {@link dev.kalends.tui.feed.Feed}.
 */
@NullMarked
package dev.kalends.tui.feed;

import org.jspecify.annotations.NullMarked;
