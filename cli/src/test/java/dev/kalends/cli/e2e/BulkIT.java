package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A large file of jobs: one bad line is named, a client that is killed and started again doubles nothing. */
final class BulkIT {
    private static final int LINES = Integer.getInteger("kalends.e2e.lines", Home.full() ? 1_000_000 : 100_000);
    private static final int BAD = Math.min(LINES, 70_001);
    private static final int PARTLY_FAILED = 7;

    @Test
    void acceptsAllButTheBadLineOnce() throws Exception {
        try (Home home = Home.make()) {
            Daemon node = home.node();
            Path jobs = file(home.file("jobs.ndjson"));
            String[] submit = {"submit", "-f", jobs.toString(), "--request-timeout", "60s"};

            Home.Running first = home.start("/dev/null", submit);
            Await.until("a third is answered", Duration.ofMinutes(10), () -> lines(first.out()) > LINES / 3);
            first.process().destroyForcibly().waitFor();
            long answered = lines(first.out());
            assertTrue(answered < LINES, "it was killed in the middle; answered=" + answered);

            long startedNs = System.nanoTime();
            Home.Running second = home.start("/dev/null", submit);
            Ended ended = home.ended(second).expectError(PARTLY_FAILED, "partly_failed", "line " + BAD, "comand");
            double seconds = (System.nanoTime() - startedNs) / 1e9;
            List<String> results = ended.lines();
            assertEquals(LINES, results.size());
            assertEquals(List.of(BAD), failed(results));
            samePrefix(first.out(), results);
            String stats = home.run("stats", "-o", "json").expect(0).out();
            System.out.printf(
                    "BulkIT: lines=%d killedAfter=%d secondRunSeconds=%.1f linesPerSecond=%.0f nodeRssMb=%d%n",
                    LINES, answered, seconds, LINES / seconds, rssMb(node));
            assertEquals(LINES - 1, Json.number(stats.substring(stats.indexOf("\"jobs\"")), "waiting"), stats);
        }
    }

    private static Path file(Path file) throws IOException {
        long fromMs = System.currentTimeMillis() + Duration.ofDays(2).toMillis();
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int line = 1; line <= LINES; line++) {
                Instant at = Instant.ofEpochMilli(
                        fromMs + line * 31_536_000L % Duration.ofDays(365).toMillis());
                String work = line == BAD ? "\"comand\":[\"x\"]" : "\"command\":[\"/bin/true\"]";
                out.write("{\"at\":\"" + at + "\"," + work + "}\n");
            }
        }
        return file;
    }

    /** The first run's answers, as far as they got out, are given again. */
    private static void samePrefix(Path before, List<String> results) throws IOException {
        List<String> ids;
        try (Stream<String> lines = Files.lines(before)) {
            ids = lines.map(line -> line.split("\t", -1)[0]).toList();
        }
        // The last line may have been cut off.
        for (int i = 0; i < ids.size() - 1; i++) {
            assertEquals(ids.get(i), results.get(i).split("\t", -1)[0], "line=" + (i + 1));
        }
    }

    private static List<Integer> failed(List<String> results) {
        return java.util.stream.IntStream.range(0, results.size())
                .filter(i -> results.get(i).startsWith("\t"))
                .mapToObj(i -> i + 1)
                .toList();
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static long rssMb(Daemon node) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + node.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        }
    }
}
