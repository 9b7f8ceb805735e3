package dev.kalends.architecture.planted.partition;

import java.time.Instant;
import java.util.Random;
import java.util.function.LongSupplier;

/** Asks the machine for time and chance, where all is to be decided from what is given. */
public final class Heart {
    private final LongSupplier clock = System::nanoTime;

    public long beat() {
        return clock.getAsLong() + Instant.now().toEpochMilli() + new Random(7).nextLong();
    }
}
