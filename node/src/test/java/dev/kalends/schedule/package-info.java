/** Tests of schedules; start reading at {@link dev.kalends.schedule.ClockReference}, which defines what is right. */
@NullMarked
package dev.kalends.schedule;

import org.jspecify.annotations.NullMarked;
