package dev.kalends.cli.bench;

import dev.kalends.schedule.InstantText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;

/** Jobs that do nothing, submitted in bulk; what goes wrong is kept. */
final class Bulk {
    private static final long DAY_MS = 86_400_000;
    private static final long YEAR_MS = 365 * DAY_MS;
    private static final long SEED = 20_260_308;

    private final Bench bench;
    private final List<String> faults = new ArrayList<>();
    private int requests;

    Bulk(Bench bench) {
        this.bench = bench;
    }

    /** Submits jobs by their due instants. */
    void submit(int count, IntToLongFunction dueMs) throws IOException {
        String id = "bench-" + bench.nowMs() + "-" + requests++;
        bench.client().submitBulk(id, JobLines.of(count, i -> line(dueMs.applyAsLong(i))), result -> {
            if (result.error() != null && faults.isEmpty()) {
                faults.add("a submit was refused: " + result.error().message());
            }
        });
    }

    /** Submits jobs that wait: due all over the year that begins in two days. */
    void submitWaiting(int count) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED + requests);
        long fromMs = bench.nowMs() + 2 * DAY_MS;
        submit(count, _ -> fromMs + random.nextLong(YEAR_MS));
    }

    static String line(long dueMs) {
        return "{\"at\":\"" + InstantText.format(dueMs) + "\",\"noop\":true}";
    }

    void fault(String what) {
        faults.add(what);
    }

    List<String> faults() {
        return faults;
    }
}
