/**
 * Owns durable state: the changes that a partition writes, their encoding, and the ports {@link
 * dev.kalends.journal.Journal} (the ordered record) and {@link dev.kalends.journal.Store} (the copy that is read).
 *
 * <p>A change is the whole new state of one key, or its removal, never a delta: a follower or a rebuild only upserts,
 * and compaction is safe. May import: {@code time}, {@code job}. Start reading at {@link dev.kalends.journal.Change}.
 */
@NullMarked
package dev.kalends.journal;

import org.jspecify.annotations.NullMarked;
