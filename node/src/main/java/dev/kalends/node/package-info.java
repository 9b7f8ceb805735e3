/**
 * Owns the node as a process: its configuration, the one place where everything is put together by hand, its start and
 * its end, the admin's token, backup and restore.
 *
 * <p>May import: all lower levels. Start reading at {@link dev.kalends.node.KalendsNode}.
 */
@NullMarked
package dev.kalends.node;

import org.jspecify.annotations.NullMarked;
