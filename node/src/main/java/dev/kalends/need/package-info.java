/**
 * Owns the judgement of what needs a person: read from a node's figures, partitions and workers, the same for
 * {@code status}, the console and the alerts that a node sends.
 *
 * <p>Pure: what it says depends on what it is handed. May import: {@code api}, {@code schedule}. Start reading at
 * {@link dev.kalends.need.Need}.
 */
@NullMarked
package dev.kalends.need;

import org.jspecify.annotations.NullMarked;
