/**
 * Owns {@code --except}: dates on the command line, and calendars of excluded days in iCalendar files.
 *
 * <p>May import: {@code cli.command}, {@code cli.output}, {@code dev.kalends.api}, {@code schedule}, {@code job}. Start
 * reading at {@link dev.kalends.cli.calendar.ExceptFlag}.
 */
@NullMarked
package dev.kalends.cli.calendar;

import org.jspecify.annotations.NullMarked;
