/**
 * Owns the two clocks, as two types, so that a deadline can never be compared with the wrong one; a virtual one; and
 * the calendar on plain numbers.
 *
 * <p>May import: nothing of Kalends. It is the only package that reads a clock of the system.
 * Start reading at {@link dev.kalends.time.WallClock}.
 */
@NullMarked
package dev.kalends.time;

import org.jspecify.annotations.NullMarked;
