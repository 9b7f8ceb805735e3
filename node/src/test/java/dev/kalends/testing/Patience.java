package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.time.MonotonicClock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waiting for something that others do, in real time. */
public final class Patience {
    private static final long STEP_MS = 20;
    private static final long THROWN_WITHIN_MS = 30_000;

    private Patience() {}

    /** Waits until something is so; fails when it takes longer than a limit. */
    public static void await(long limitMs, BooleanSupplier something) {
        MonotonicClock clock = MonotonicClock.system();
        long startNs = clock.nowNs();
        while (!something.getAsBoolean()) {
            long waitedMs = TimeUnit.NANOSECONDS.toMillis(clock.nowNs() - startNs);
            assertTrue(waitedMs < limitMs, "it takes too long; waitedMs=" + waitedMs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MS));
        }
    }

    /** Does something until it throws an exception of a type; fails when it does not in half a minute. */
    public static <E extends Exception> E awaitThrown(Class<E> type, Runnable action) {
        AtomicReference<@Nullable E> thrown = new AtomicReference<>();
        await(THROWN_WITHIN_MS, () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                if (!type.isInstance(e)) {
                    throw e;
                }
                thrown.set(type.cast(e));
            }
            return thrown.get() != null;
        });
        return Objects.requireNonNull(thrown.get());
    }
}
