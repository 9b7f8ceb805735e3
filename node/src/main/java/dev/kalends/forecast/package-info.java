/**
 * Owns the answer to "how much comes when": the fires of many jobs counted by buckets of time, the walls among them and
 * what would flatten those.
 *
 * <p>Everything is computed from plans and states that are handed in; no clock, no thread, no store. Jobs of one
 * schedule are evaluated once, however many they are. May import: {@code job}, {@code schedule}, {@code journal}.
 * Start reading at {@link dev.kalends.forecast.Forecast}.
 */
@NullMarked
package dev.kalends.forecast;

import org.jspecify.annotations.NullMarked;
