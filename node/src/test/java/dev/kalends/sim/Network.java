package dev.kalends.sim;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries requests to nodes and answers back: each may be lost, doubled, late, or overtaken. */
final class Network {
    private final Timeline timeline;
    private final Faults faults;
    private final Random random;

    Network(Timeline timeline, Faults faults, Random random) {
        this.timeline = timeline;
        this.faults = faults;
        this.random = random;
    }

    Timeline timeline() {
        return timeline;
    }

    /**
     * The way of a request and of its answer.
     *
     * @param there whether the way there is open, asked when the request arrives
     * @param back whether the way back is
     */
    record Trip(long timeoutMs, BooleanSupplier there, BooleanSupplier back) {
        /** A way that is never cut. */
        static Trip open(long timeoutMs) {
            return new Trip(timeoutMs, () -> true, () -> true);
        }
    }

    /**
     * Sends a request.
     *
     * @param server what the node does with it, as often as it arrives
     * @param answered takes the first answer, if one comes in time
     * @param failed called instead when the node refused or no answer came in time
     */
    <T> void call(Trip trip, Supplier<CompletableFuture<T>> server, Consumer<T> answered, Runnable failed) {
        Call<T> call = new Call<>(trip, answered, failed);
        int copies = copies();
        for (int i = 0; i < copies; i++) {
            timeline.after(delayMs(), () -> {
                if (trip.there().getAsBoolean()) {
                    arrive(server.get(), call);
                }
            });
        }
        timeline.after(trip.timeoutMs(), call::fail);
    }

    private <T> void arrive(CompletableFuture<T> answer, Call<T> call) {
        CompletableFuture<T> _ = answer.whenComplete((value, problem) -> {
            int copies = copies();
            for (int i = 0; i < copies; i++) {
                timeline.after(delayMs(), () -> {
                    if (!call.trip.back().getAsBoolean()) {
                        return;
                    }
                    if (problem == null) {
                        call.answer(value);
                    } else {
                        call.fail();
                    }
                });
            }
        });
    }

    private int copies() {
        if (faults.now(Faults.Kind.LOST_MESSAGE, 12)) {
            return 0;
        }
        return faults.now(Faults.Kind.DOUBLED_MESSAGE, 12) ? 2 : 1;
    }

    private long delayMs() {
        if (faults.now(Faults.Kind.LATE_MESSAGE, 10)) {
            return faults.measure(8_000);
        }
        return random.nextInt(3);
    }

    /** One request of one caller, who hears of it once. */
    private static final class Call<T> {
        private final Trip trip;
        private final Consumer<T> answered;
        private final Runnable failed;
        private boolean over;

        Call(Trip trip, Consumer<T> answered, Runnable failed) {
            this.trip = trip;
            this.answered = answered;
            this.failed = failed;
        }

        void answer(T value) {
            if (!over) {
                over = true;
                answered.accept(value);
            }
        }

        void fail() {
            if (!over) {
                over = true;
                failed.run();
            }
        }
    }
}
