/**
 * Owns the door: HTTP requests become commands, committed state becomes views, events become a stream.
 *
 * <p>One table lists every route with the permission it needs; {@link dev.kalends.server.Dispatcher} alone decides who
 * may call it. Handlers run on virtual threads, one a request, and may block; nothing here runs on a partition's
 * thread. May import: all lower levels. Start reading at {@link dev.kalends.server.Dispatcher}, then {@code Routes}.
 */
@NullMarked
package dev.kalends.server;

import org.jspecify.annotations.NullMarked;
