package dev.kalends.runtime;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal.Outcome;
import dev.kalends.time.MonotonicClock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one batch that is being committed, and its outcome when it comes, from whatever thread. */
final class CommitSlot {
    /** Longer than a commit takes where all is well. */
    private static final long LATE_NS = PartitionLoop.ns(1_000);

    private final MonotonicClock clock;
    private final Runnable wake;
    private long beganNs;
    private @Nullable Batch batch;
    private AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

    CommitSlot(MonotonicClock clock, Runnable wake) {
        this.clock = clock;
        this.wake = wake;
    }

    /** Begins a commit; the result takes the outcome. An outcome that comes after {@link #end} goes nowhere. */
    Consumer<Outcome> begin(Batch next) {
        AtomicReference<@Nullable Outcome> mine = new AtomicReference<>();
        batch = next;
        beganNs = clock.nowNs();
        outcome = mine;
        return result -> {
            mine.set(result);
            wake.run();
        };
    }

    boolean pending() {
        return batch != null;
    }

    /** Whether the one that is pending has taken so long that something must be wrong. */
    boolean isLate(long nowNs) {
        return nowNs - beganNs >= LATE_NS;
    }

    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome.get());
    }

    /** Takes the batch out; the slot is free again. */
    Batch end() {
        Batch done = batch;
        if (done == null) {
            throw new IllegalStateException("no batch is being committed");
        }
        batch = null;
        return done;
    }

    /** Ends what is in flight, if there is something: its outcome is of no interest any more. */
    void drop() {
        if (pending()) {
            end();
        }
    }
}
