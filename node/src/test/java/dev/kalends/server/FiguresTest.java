package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.Json;
import dev.kalends.api.MinutesView;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.PeerFigures;
import dev.kalends.api.StatsView;
import dev.kalends.api.SubmitResult;
import dev.kalends.api.WorkerPage;
import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.memory.MemoryStore;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.Meters.Counter;
import dev.kalends.runtime.Meters.Stage;
import dev.kalends.runtime.PartitionThread;
import dev.kalends.time.VirtualClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures: the sliding window, the ledger against the schedules, the Prometheus text. */
final class FiguresTest {
    @Test
    void theWindowForgetsWhatIsOlderThanFiveMinutes() {
        VirtualClock clock = new VirtualClock(1_000_000_000_000L);
        Meters meters = new Meters(100);
        StatsWindow window = new StatsWindow(meters, new Clocks(clock.wall(), clock.monotonic()));
        meters.started(500);
        meters.count(Counter.FIRED, 10);
        clock.advance(5_000);
        assertEquals(1, window.skew().count());
        assertEquals(1, window.skew().breaches());
        assertEquals(2.0, window.rates().firePerSec());
        for (int i = 0; i < 29; i++) {
            clock.advance(10_000);
            window.drain();
            meters.started(1);
        }
        assertEquals(30, window.skew().count());
        assertEquals(500, window.skew().maxMs(), 5);
        clock.advance(20_000);
        window.drain();
        assertTrue(window.skew().maxMs() <= 2, () -> "max=" + window.skew().maxMs());
        assertEquals(0, window.skew().breaches());
        assertEquals(0.0, window.rates().firePerSec());
        assertEquals(30, window.sinceStart(Stage.TOTAL).getTotalCount());
    }

    @Test
    void earlyStartsAreCountedForEver() {
        VirtualClock clock = new VirtualClock(0);
        Meters meters = new Meters(100);
        StatsWindow window = new StatsWindow(meters, new Clocks(clock.wall(), clock.monotonic()));
        meters.started(-1);
        clock.advance(3_600_000);
        assertEquals(1, window.skew().early());
    }

    /** Percentiles of two nodes are those of all their fires together, whatever the length of their windows. */
    @Test
    void figuresOfTwoNodesAddUp() {
        VirtualClock clock = new VirtualClock(0);
        Meters here = new Meters(100);
        StatsWindow window = new StatsWindow(here, new Clocks(clock.wall(), clock.monotonic()));
        clock.advance(10_000);
        Meters there = new Meters(100);
        StatsWindow other = new StatsWindow(there, new Clocks(clock.wall(), clock.monotonic()));
        for (int i = 0; i < 99; i++) {
            here.started(10);
        }
        here.count(Counter.FIRED, 100);
        there.started(900);
        there.started(-5);
        there.count(Counter.FIRED, 100);
        clock.advance(10_000);
        byte[] sent = Json.writeAnswer(other.sum().forPeers(3, other.minutes("now")));
        PeerFigures told = Json.readAnswer(PeerFigures.class, sent);
        StatsSum sum = window.sum().plus(told);
        assertEquals(101, sum.skew(100).count());
        assertEquals(10, sum.skew(100).p50Ms());
        assertEquals(900, sum.skew(100).maxMs(), 9);
        assertEquals(1, sum.skew(100).breaches());
        assertEquals(1, sum.skew(100).early());
        assertEquals(20_000, sum.skew(100).windowMs());
        assertEquals(15.0, sum.rates().firePerSec(), "100 in 20 s here, 100 in 10 s there");
        assertEquals(3, told.leaderChanges());
    }

    @Test
    void theLastHourIsKeptByMinutes() {
        VirtualClock clock = new VirtualClock(600 * 60_000L);
        Meters meters = new Meters(100);
        StatsWindow window = new StatsWindow(meters, new Clocks(clock.wall(), clock.monotonic()));
        meters.started(5);
        meters.started(500);
        meters.count(Counter.FAILED, 3);
        window.drain();
        clock.advance(60_000);
        meters.started(20_000);
        MinutesView view = window.minutes("now");
        assertEquals(600, view.sinceMinute());
        assertEquals(601, view.untilMinute());
        assertEquals(
                List.of(
                        new MinutesView.Minute(600, List.of(1L, 0L, 0L, 1L, 0L, 0L, 0L), 2, 3),
                        new MinutesView.Minute(601, List.of(0L, 0L, 0L, 0L, 0L, 0L, 1L), 1, 0)),
                view.items());
        clock.advance(59 * 60_000L);
        assertEquals(
                List.of(601L),
                window.minutes("now").items().stream()
                        .map(MinutesView.Minute::minute)
                        .toList());
        clock.advance(60_000);
        assertEquals(List.of(), window.minutes("now").items());
    }

    @Test
    void minutesOfTwoNodesAddUp() {
        MinutesView one = new MinutesView("now", 10, 20, MinutesView.BOUNDS_MS, List.of(minute(19, 1), minute(20, 2)));
        MinutesView other = new MinutesView(
                "then", 5, 21, MinutesView.BOUNDS_MS, List.of(minute(18, 3), minute(20, 4), minute(21, 5)));
        MinutesView sum = MinuteBook.plus(one, other);
        assertEquals(List.of(minute(18, 3), minute(19, 1), minute(20, 6)), sum.items(), "the future is a wrong clock");
        assertEquals(5, sum.sinceMinute());
        MinutesView coarse = new MinutesView("then", 5, 20, List.of(7L), List.of(minute(20, 4)));
        assertEquals(
                new MinutesView.Minute(20, minute(20, 2).skew(), 6, 6),
                MinuteBook.plus(one, coarse).items().getLast());
    }

    private static MinutesView.Minute minute(long minute, long n) {
        return new MinutesView.Minute(minute, List.of(n, 0L, 0L, 0L, 0L, 0L, 0L), n, n);
    }

    @Test
    void figuresThatCannotBeReadAreLeftOut() {
        VirtualClock clock = new VirtualClock(0);
        StatsWindow window = new StatsWindow(new Meters(100), new Clocks(clock.wall(), clock.monotonic()));
        PeerFigures garbled = new PeerFigures(1, Map.of(), Map.of(), Map.of("total", "AAAA", "wheel", "%"), 0, null);
        assertEquals(0, window.sum().plus(garbled).skew(100).count());
    }

    private static StatsView.Ledger audited(ServedNode node) {
        while (!node.figures.audit()) {
            Thread.onSpinWait();
        }
        return node.figures.ledger().last();
    }

    /** Waits until the comparison looks beyond an instant. */
    private static void awaitAudible(long instantMs) {
        ServedNode.until(() -> System.currentTimeMillis() > instantMs + LedgerAudit.GRACE_MS);
    }

    @Test
    void theLedgerAgreesWithTheSchedules() {
        try (ServedNode node = new ServedNode(2)) {
            RawHttp admin = node.admin();
            Hand hand = new Hand(node, "w1");
            admin.post(
                    "/v1/jobs",
                    "{\"name\":\"tick\",\"every\":\"200ms\",\"noop\":true,\"maxRuns\":5,\"overlap\":\"allow\"}");
            admin.post("/v1/jobs", "{\"name\":\"once\",\"in\":\"100ms\",\"noop\":true}");
            admin.post("/v1/jobs", "{\"name\":\"far\",\"in\":\"1h\",\"noop\":true}");
            admin.post("/v1/jobs", "{\"name\":\"m\",\"manual\":true,\"noop\":true}");
            admin.post("/v1/jobs/m/trigger", "");
            for (int i = 0; i < 7; i++) {
                hand.report(hand.claimOne(), "succeeded", "", "");
            }
            awaitAudible(System.currentTimeMillis() + 500);
            assertEquals(new StatsView.Ledger(6, 6), audited(node));
            StatsView stats = admin.get("/v1/stats").as(StatsView.class);
            assertEquals(new StatsView.Ledger(6, 6), stats.ledger());
            assertEquals(2L, stats.jobs().get("waiting"));
            assertEquals(2L, stats.jobs().get("finished"));
            assertEquals(6, stats.skew().count());
            assertEquals(0, stats.skew().early());
            MinutesView minutes = admin.get("/v1/stats/minutes").as(MinutesView.class);
            assertEquals(
                    6,
                    minutes.items().stream()
                            .flatMap(minute -> minute.skew().stream())
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    @Test
    void firesThatWereSkippedAreAccountedForAndOneThatIsMissingIsNot() {
        try (ServedNode node = new ServedNode()) {
            RawHttp admin = node.admin();
            String id = String.valueOf(
                    admin.post("/v1/jobs", "{\"name\":\"t\",\"every\":\"200ms\",\"noop\":true,\"maxRuns\":3}")
                            .as(SubmitResult.class)
                            .id());
            // Nobody claims: the first run stays open, and the other two are skipped for it.
            awaitAudible(System.currentTimeMillis() + 1_000);
            assertEquals(new StatsView.Ledger(3, 3), audited(node));
            node.threads.forEach(PartitionThread::close);
            MemoryStore store = node.stores.getFirst();
            store.restart();
            JobId job = JobId.parse(id).orElseThrow();
            LedgerLine skipped = store.ledgerAtOrBefore(job, Long.MAX_VALUE).orElseThrow();
            Change lost = new Change.RemoveLedger(job, skipped.fromMs());
            store.apply(new Batch(0, 9, System.currentTimeMillis(), List.of(lost)), store.position() + 1);
            assertEquals(new StatsView.Ledger(3, 1), audited(node));
        }
    }

    @Test
    void prometheusCanReadTheText() {
        try (ServedNode node = new ServedNode()) {
            RawHttp admin = node.admin();
            admin.post("/v1/jobs", "{\"name\":\"m\",\"manual\":true,\"noop\":true,\"queue\":\"a\\\"b\"}");
            admin.post("/v1/jobs/m/trigger", "");
            RawHttp.Reply reply = admin.get("/metrics");
            assertTrue(String.valueOf(reply.headers().get("content-type")).startsWith("text/plain; version=0.0.4"));
            String sample = "[a-z_]+(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",?)+})? (NaN|-?[0-9.E-]+)";
            List<String> lines = reply.text().lines().toList();
            for (String line : lines) {
                assertTrue(line.startsWith("# HELP ") || line.startsWith("# TYPE ") || line.matches(sample), line);
            }
            assertTrue(lines.contains("kalends_queue_depth{queue=\"a\\\"b\"} 1"), reply.text());
            assertTrue(lines.contains("kalends_jobs{state=\"waiting\"} 1"));
            assertTrue(lines.contains("kalends_early_total 0"));
            assertTrue(lines.contains("kalends_partition_leading{partition=\"0\"} 1"));
            assertEquals(
                    lines.stream()
                            .filter(line -> line.startsWith("# TYPE"))
                            .distinct()
                            .count(),
                    lines.stream().filter(line -> line.startsWith("# TYPE")).count());
        }
    }

    @Test
    void partitionsAndWorkersAreListed() {
        try (ServedNode node = new ServedNode(3)) {
            RawHttp admin = node.admin();
            PartitionPage partitions = admin.get("/v1/leases/partitions").as(PartitionPage.class);
            assertEquals(3, partitions.items().size());
            assertEquals("n1", partitions.items().get(2).leader());
            admin.post("/v1/jobs", "{\"name\":\"m\",\"manual\":true,\"noop\":true}");
            admin.post("/v1/jobs/m/trigger", "");
            new Hand(node, "w9").claimOne();
            WorkerPage workers = admin.get("/v1/workers").as(WorkerPage.class);
            assertEquals("w9", workers.items().getFirst().id());
            assertEquals("live", workers.items().getFirst().state());
            assertEquals(8, workers.items().getFirst().slots());
        }
    }
}
