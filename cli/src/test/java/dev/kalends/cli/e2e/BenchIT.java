package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first scenario of the benchmarks, small: it measures, and finds nothing lost and nothing early. */
final class BenchIT {
    @Test
    void measuresSkewAtASteadyRate() throws Exception {
        try (Home home = Home.make()) {
            Ended bench = home.run("bench", "steady", "--rate", "50", "--warmup", "1s", "--for", "5s")
                    .expect(0)
                    .expectNoTrace();
            assertTrue(bench.lines().contains("runs\t250\t"), bench::toString);
            assertTrue(bench.lines().contains("early\t0\t"), bench::toString);
            assertTrue(bench.out().contains("skew p99\t"), bench::toString);
            assertFalse(bench.out().contains("FAULT"), bench::toString);
        }
    }

    @Test
    void measuresSubmitsTwice() throws Exception {
        try (Home home = Home.make()) {
            Ended bench = home.run("bench", "submit", "--jobs", "200", "--repeat", "2", "-o", "json")
                    .expect(0)
                    .expectNoTrace();
            assertTrue(bench.out().contains("\"repetitions\":2"), bench::toString);
            assertTrue(bench.out().contains("\"name\":\"bulk\""), bench::toString);
            assertTrue(bench.out().contains("\"faults\":[]"), bench::toString);
        }
    }

    @Test
    void aHerdGoesAfterOneOfItsOwnSize() throws Exception {
        try (Home home = Home.make()) {
            Ended bench = home.run("bench", "herd", "--jobs", "20001").expect(0).expectNoTrace();
            for (String figure : new String[] {"all started after", "the herd before, all started after"}) {
                assertTrue(
                        bench.lines().stream().anyMatch(line -> line.matches(figure + "\t\\d+\\.\\d\\d\ts\t?")),
                        bench::toString);
            }
            assertTrue(bench.lines().contains("early\t0\t"), bench::toString);
            assertFalse(bench.out().contains("FAULT"), bench::toString);
        }
    }

    @Test
    void timesSubmitsFromWhenTheyWereMeant() throws Exception {
        try (Home home = Home.make()) {
            Ended bench = home.run("bench", "submit", "--rate", "20", "--for", "2s", "--warmup", "1s")
                    .expect(0)
                    .expectNoTrace();
            assertTrue(bench.out().contains("single p99.9\t"), bench::toString);
        }
    }

    @Test
    void aStoreIsFilledWithTheWorst(@TempDir Path kept) throws Exception {
        try (Home home = Home.make()) {
            Ended filled = home.run(
                            "bench",
                            "store",
                            "--jobs",
                            "3000",
                            "--named",
                            "--recurring",
                            "--cancelled",
                            "--keep",
                            kept.toString())
                    .expect(0)
                    .expectNoTrace();
            assertTrue(filled.out().contains("cancel by id\t"), filled::toString);
            assertFalse(filled.out().contains("forecast"), "the store counts one-offs only; " + filled);
            home.moveTo(kept.resolve("data"));
            home.node();
            Ended cancelled =
                    home.run("ls", "job-*", "--state", "cancelled").expect(0).expectNoTrace();
            assertEquals(3_000, cancelled.lines().size(), cancelled::toString);
            assertTrue(cancelled.lines().stream().allMatch(line -> line.contains("\tevery ")), cancelled::toString);
        }
    }

    @Test
    void firesOnWhatAStoreLeftAndLeavesIt(@TempDir Path kept) throws Exception {
        try (Home home = Home.make()) {
            home.run("bench", "store", "--jobs", "12000", "--keep", kept.toString())
                    .expect(0)
                    .expectNoTrace();
            Ended beside = home.run(
                            "bench",
                            "backlog",
                            "--on",
                            kept.toString(),
                            "--jobs",
                            "1",
                            "--rate",
                            "20",
                            "--warmup",
                            "1s",
                            "--for",
                            "2s")
                    .expect(0)
                    .expectNoTrace();
            assertTrue(beside.lines().contains("runs\t40\t"), beside::toString);
            assertFalse(beside.out().contains("disk a waiting job"), "its disk is that of others; " + beside);
            assertTrue(Files.isDirectory(kept.resolve("data")));
        }
    }

    @Test
    void firesBesideABacklogAndAfterAKill() throws Exception {
        try (Home home = Home.make()) {
            Ended backlog = home.run(
                            "bench", "backlog", "--jobs", "2000", "--rate", "400", "--warmup", "1s", "--for", "2s")
                    .expect(0)
                    .expectNoTrace();
            double bytes = backlog.lines().stream()
                    .filter(line -> line.startsWith("disk a waiting job\t"))
                    .mapToDouble(line -> Double.parseDouble(line.split("\t", -1)[1]))
                    .findFirst()
                    .orElseThrow();
            assertTrue(bytes > 30 && bytes < 100, () -> "the history of what fired does not wait; " + backlog);
            assertTrue(backlog.lines().contains("runs\t800\t"), backlog::toString);
            Ended restart =
                    home.run("bench", "restart", "--jobs", "1000").expect(0).expectNoTrace();
            assertTrue(restart.out().contains("fires again after\t"), restart::toString);
            assertTrue(restart.lines().contains("waiting\t1000\tjobs"), restart::toString);
        }
    }

    @Test
    void whatNeedsANodeOfItsOwnRefusesAnother() throws Exception {
        try (Home home = Home.make()) {
            Ended refused = home.run("bench", "restart", "--here").expect(2).expectNoTrace();
            assertTrue(refused.toString().contains("leave out --here"), refused::toString);
        }
    }
}
