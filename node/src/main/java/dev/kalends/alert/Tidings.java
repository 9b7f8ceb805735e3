package dev.kalends.alert;

import java.util.Optional;

/**
 * Something to be told: the latest state of one alert.
 *
 * @param change which change of its state this is; the book forgets it as told only if none came since
 * @param amount how much of it there is
 * @param endedMs wall clock of its end; empty while it lasts
 */
record Tidings(
        Watched watched,
        Event event,
        long change,
        long amount,
        String what,
        String todo,
        long beganMs,
        Optional<Long> endedMs) {
    enum Event {
        BEGIN,
        /** There is more of it than was told last. */
        MORE,
        END
    }
}
