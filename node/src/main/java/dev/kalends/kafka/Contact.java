package dev.kalends.kafka;

import dev.kalends.time.MonotonicClock;
import java.util.concurrent.TimeUnit;

/** When Kafka last answered. Called from any thread. */
final class Contact {
    private final MonotonicClock clock;
    private volatile long answeredNs;

    /** A contact that was made just now. */
    Contact(MonotonicClock clock) {
        this.clock = clock;
        this.answeredNs = clock.nowNs();
    }

    /** Kafka answered. */
    void heard() {
        answeredNs = clock.nowNs();
    }

    long silentMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nowNs() - answeredNs);
    }
}
