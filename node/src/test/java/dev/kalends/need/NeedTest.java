package dev.kalends.need;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.api.PartitionView;
import dev.kalends.api.StatsView;
import dev.kalends.api.WorkerView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What needs a person, and what does not. */
final class NeedTest {
    private static final WorkerView WORKER =
            new WorkerView("w1", "live", 4, 0, List.of("default"), 0, "0.1.0", "direct");

    private static StatsView stats(StatsView.Ledger ledger, double p99Ms, long dead, Map<String, Long> depth) {
        long ready = depth.values().stream().mapToLong(Long::longValue).sum();
        return new StatsView(
                "2026-03-01T00:00:00.000Z",
                "n1",
                "0.1.0",
                "embedded",
                1_000,
                new StatsView.Precision(1, 1_000),
                Map.of("waiting", 1L),
                Map.of("ready", ready),
                new StatsView.Skew(300_000, 10, 1_000, 2, 1, p99Ms, p99Ms, p99Ms, 0, Map.of()),
                new StatsView.Rates(0, 0, 0, 0, 0),
                depth,
                dead,
                0,
                ledger,
                List.of());
    }

    private static PartitionView partition(int number, boolean led) {
        return new PartitionView(number, led ? "n1" : null, 1, null, null, null, 0, 0, null, null, null);
    }

    private static List<String> codes(List<Need> needs) {
        return needs.stream().map(Need::code).toList();
    }

    @Test
    void nothingIsAmiss() {
        StatsView fine = stats(new StatsView.Ledger(5, 5), 1_000, 0, Map.of("default", 3L));
        assertEquals(List.of(), Need.of(fine, List.of(partition(0, true)), List.of(WORKER)));
    }

    @Test
    void theGravestComesFirst() {
        StatsView ill = stats(new StatsView.Ledger(5, 3), 1_001, 4, Map.of());
        List<Need> needs = Need.of(ill, List.of(partition(0, true), partition(1, false)), List.of(WORKER));
        assertEquals(List.of(Need.LEDGER_GAP, Need.NO_LEADER, Need.DEAD_LETTERS, Need.SKEW_BREACH), codes(needs));
        assertEquals(List.of(2L, 1L, 4L, 2L), needs.stream().map(Need::amount).toList());
    }

    @Test
    void aQueueThatNoLiveWorkerTakesNeedsOne() {
        StatsView waiting = stats(new StatsView.Ledger(0, 0), 1, 0, Map.of("default", 1L, "gpu", 2L));
        List<Need> needs = Need.of(waiting, List.of(), List.of(WORKER));
        assertEquals(
                List.of(new Need(
                        Need.NO_WORKER,
                        2,
                        "2 runs ready and no live worker takes queue gpu",
                        "kalends worker --queue gpu")),
                needs);
        WorkerView draining = new WorkerView("w2", "draining", 0, 0, List.of("gpu"), 0, "0.1.0", "direct");
        assertEquals(needs, Need.of(waiting, List.of(), List.of(WORKER, draining)));
        WorkerView gpu = new WorkerView("w2", "live", 1, 0, List.of("gpu"), 0, "0.1.0", "direct");
        assertEquals(List.of(), Need.of(waiting, List.of(), List.of(WORKER, gpu)));
    }

    @Test
    void withoutAnyLiveWorkerEverythingWaits() {
        StatsView waiting = stats(new StatsView.Ledger(0, 0), 1, 0, Map.of("default", 1L, "gpu", 2L));
        assertEquals(3, Need.of(waiting, List.of(), List.of()).getFirst().amount());
    }
}
