/**
 * Owns the answer to "when next?": cron expressions on cronie's rules, periods, clock changes, and the texts in which
 * people write instants and durations.
 *
 * <p>Everything is a pure function of its arguments: no clock, no thread, no state but a cache of each zone's offset
 * changes. Zones enter Kalends only here; everywhere else an instant is UTC milliseconds.
 *
 * <p>May import: {@code time} and {@code job}.
 * Start reading at {@link dev.kalends.schedule.FireTimes}, then {@link dev.kalends.schedule.CronExpression} and
 * {@code CronClock}, where clock changes are decided.
 */
@NullMarked
package dev.kalends.schedule;

import org.jspecify.annotations.NullMarked;
