package dev.kalends.worker;

import dev.kalends.time.MonotonicClock;
import java.time.Duration;
import java.util.Map;

/**
 * How commands are executed.
 *
 * @param grace from TERM to KILL
 * @param environment the worker's own, of which a few variables are passed on
 */
record CommandSettings(Confinement confinement, Duration grace, Map<String, String> environment, MonotonicClock clock) {
    CommandSettings {
        environment = Map.copyOf(environment);
    }
}
