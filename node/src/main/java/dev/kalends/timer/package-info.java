/**
 * Owns the timing wheel: what is due soon, on arrays of primitives, without a thread and without a clock.
 *
 * <p>The wheel is a cache of the store's agenda: it may be dropped and filled again at any moment. May import:
 * {@code time}, {@code job}. Start reading at {@link dev.kalends.timer.TimingWheel}.
 */
@NullMarked
package dev.kalends.timer;

import org.jspecify.annotations.NullMarked;
