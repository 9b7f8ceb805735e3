package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.Json;
import dev.kalends.api.StatsView;
import dev.kalends.api.SubmitResult;
import dev.kalends.job.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulks: long, wrong, cut off, repeated. */
final class BulkTest {
    private static final String JOB = "{\"in\":\"1h\",\"noop\":true}\n";
    private ServedNode node;

    @BeforeEach
    void start() {
        node = new ServedNode(2);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private List<SubmitResult> bulk(RawHttp client, String lines) {
        RawHttp.Reply reply = client.post("/v1/jobs:bulk", lines);
        assertEquals(200, reply.status(), reply.text());
        assertEquals("application/x-ndjson", reply.headers().get("content-type"));
        return reply.text()
                .lines()
                .map(line -> Json.readAnswer(SubmitResult.class, line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private long waiting() {
        return node.admin().get("/v1/stats").as(StatsView.class).jobs().getOrDefault("waiting", -1L);
    }

    @Test
    void answersALineForALineInOrder() {
        int count = 2_345;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"name\":\"b/").append(i).append("\",\"in\":\"1h\",\"noop\":true}\n");
        }
        List<SubmitResult> results = bulk(node.admin(), lines.toString());
        assertEquals(count, results.size());
        for (int i = 0; i < count; i++) {
            assertEquals("b/" + i, results.get(i).name());
            assertEquals(i + 1L, results.get(i).line());
            assertEquals(true, results.get(i).created());
        }
        assertEquals(
                count,
                new TreeSet<>(results.stream()
                                .map(r -> Objects.requireNonNull(r.id()))
                                .toList())
                        .size());
        assertEquals(count, waiting());
    }

    @Test
    void aBadLineFailsAloneAndIsNamed() {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 70_001; i++) {
            lines.append(i == 70_001 ? "{\"in\":\"1h\",\"noop\":tru\n" : JOB);
        }
        lines.append(JOB);
        List<SubmitResult> results = bulk(node.admin(), lines.toString());
        assertEquals(70_002, results.size());
        List<SubmitResult> failed =
                results.stream().filter(result -> result.error() != null).toList();
        assertEquals(1, failed.size());
        assertEquals(70_001L, failed.getFirst().line());
        assertEquals(
                "invalid", Objects.requireNonNull(failed.getFirst().error()).code());
        assertEquals(70_001, waiting());
    }

    @Test
    void eachKindOfBadLineIsAnErrorOfThatLine() {
        String long1 = "{\"in\":\"1h\",\"noop\":true,\"name\":\"" + "n".repeat(1_100_000) + "\"}\n";
        String lines = JOB + "\n" + "  \r\n" + long1 + "null\n" + "[1]\n" + "\u0000\n" + "{\"in\":\"1h\"}\n"
                + "{\"name\":\"d\",\"in\":\"1h\",\"noop\":true}\n{\"name\":\"d\",\"in\":\"2h\",\"noop\":true}\r\n"
                + "{\"tenant\":\"x y\",\"in\":\"1h\",\"noop\":true}\n" + JOB.strip();
        List<SubmitResult> results = bulk(node.admin(), lines);
        List<Long> failed = new ArrayList<>();
        for (SubmitResult result : results) {
            if (result.error() != null) {
                failed.add(Objects.requireNonNull(result.line()));
            } else {
                assertNotNull(result.id());
            }
        }
        assertEquals(List.of(4L, 5L, 6L, 7L, 8L, 10L, 11L), failed);
        assertEquals(10, results.size());
        assertEquals(12L, results.getLast().line());
        assertEquals("conflict", Objects.requireNonNull(results.get(7).error()).code());
        assertTrue(Objects.requireNonNull(results.get(1).error()).message().contains("1048576"));
        assertEquals(3, waiting());
    }

    @Test
    void theSameBulkAgainDoublesNothing() {
        RawHttp client = node.admin().with("X-Kalends-Request-Id", "bulk-1");
        String lines = JOB.repeat(1_500);
        List<SubmitResult> first = bulk(client, lines);
        List<SubmitResult> again = bulk(client, lines);
        assertEquals(
                first.stream().map(SubmitResult::id).toList(),
                again.stream().map(SubmitResult::id).toList());
        assertEquals(1_500, waiting());
    }

    @Test
    void aBulkThatBreaksOffKeepsWholeChunksAndCanBeSentAgain() throws IOException {
        RawHttp client = node.admin().with("X-Kalends-Request-Id", "bulk-2");
        String head = "POST /v1/jobs:bulk HTTP/1.1\r\n" + client.head() + "Transfer-Encoding: chunked\r\n\r\n";
        String part = JOB.repeat(1_200);
        try (Socket socket = client.open()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write((Integer.toHexString(part.length()) + "\r\n" + part + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            ServedNode.until(() -> waiting() == 1_000);
        }
        assertEquals(1_500, bulk(client, JOB.repeat(1_500)).size());
        assertEquals(1_500, waiting());
    }

    @Test
    void resultsComeWhileLinesAreStillSent() throws IOException {
        RawHttp client = node.admin();
        String head = "POST /v1/jobs:bulk HTTP/1.1\r\n" + client.head() + "Transfer-Encoding: chunked\r\n\r\n";
        String part = JOB.repeat(4_000);
        try (Socket socket = client.open()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write((Integer.toHexString(part.length()) + "\r\n" + part + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            RawHttp.Head answer = RawHttp.readHead(socket.getInputStream());
            assertEquals(200, answer.status());
            String first = new String(RawHttp.chunk(socket.getInputStream()), StandardCharsets.UTF_8);
            assertTrue(first.startsWith("{\"id\":\""), first.substring(0, Math.min(100, first.length())));
        }
    }

    @Test
    void aClientThatTakesNoResultsHoldsNothingUp() {
        DraftReader drafts = new DraftReader(node.services.clocks(), ZoneOffset.UTC, QueueBook.open());
        Scope scope = Scope.of(Principal.admin(), Optional.empty());
        Bulk bulk = new Bulk(node.services, drafts, new SubmitRates(node.services), new Bulk.Asked(scope, "gone"));
        String line = "{\"in\":\"1h\",\"noop\":true,\"labels\":{\"a\":\"" + "x".repeat(60) + "\"}}\n";
        byte[] lines = line.repeat(3 * Bulk.IN_FLIGHT_MAX * Limits.BULK_CHUNK_LINES_MAX)
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream input = new ByteArrayInputStream(lines);
        CompletableFuture<Thread> reading = new CompletableFuture<>();
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                // Not before whoever reads lines waits for room.
                ServedNode.until(() -> input.available() < lines.length / 3 * 2
                        && reading.join().getState() == Thread.State.WAITING);
                throw new IOException("the client is gone");
            }
        };
        LineReader reader = new LineReader(input, Limits.BULK_LINE_BYTES_MAX);
        IOException told = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            reading.complete(Thread.currentThread());
            return assertThrows(IOException.class, () -> bulk.run(reader, gone));
        });
        assertEquals("the client is gone", told.getMessage());
    }

    @Test
    void anEmptyBulkHasNoResults() {
        assertEquals(0, bulk(node.admin(), "").size());
        assertEquals(0, bulk(node.admin(), "\n\n \n").size());
    }

    @Test
    void linesAreCutWithinBounds() throws IOException {
        byte[] input = ("ab\n" + "x".repeat(200_000) + "\n\r\ncd").getBytes(StandardCharsets.UTF_8);
        LineReader reader = new LineReader(new java.io.ByteArrayInputStream(input), 100);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        long tooLong = 0;
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            switch (line.get()) {
                case LineReader.Line.Whole whole -> {
                    seen.writeBytes(whole.bytes());
                    seen.write('|');
                }
                case LineReader.Line.TooLong cut -> tooLong = cut.bytes();
            }
        }
        assertEquals("ab||cd|", seen.toString(StandardCharsets.UTF_8));
        assertEquals(200_000, tooLong);
        assertFalse(reader.next().isPresent());
    }
}
