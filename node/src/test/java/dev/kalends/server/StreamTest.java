package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ActionResult;
import dev.kalends.api.EventView;
import dev.kalends.api.Grant;
import dev.kalends.api.Json;
import dev.kalends.api.RunView;
import dev.kalends.runtime.Event;
import dev.kalends.runtime.EventRing;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event stream and the long poll that hangs on it. */
final class StreamTest {
    private ServedNode node;
    private RawHttp admin;

    @BeforeEach
    void start() {
        node = new ServedNode();
        admin = node.admin();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private String trigger(String name) {
        RawHttp.Reply made =
                admin.post("/v1/jobs", "{\"name\":\"" + name + "\",\"manual\":true,\"noop\":true,\"maxAttempts\":1}");
        assertEquals(201, made.status(), made.text());
        return Objects.requireNonNull(admin.post("/v1/jobs/" + name + "/trigger", "")
                        .as(ActionResult.class)
                        .runs())
                .getFirst();
    }

    private static List<EventView> events(RawHttp client, String target) {
        return client.get(target)
                .text()
                .lines()
                .map(line -> Json.readAnswer(EventView.class, line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    @Test
    void tellsWhatHappenedInOrder() {
        String run = trigger("m");
        Hand hand = new Hand(node, "w1");
        Grant grant = hand.claimOne();
        hand.report(grant, "succeeded", "", "");
        admin.call("DELETE", "/v1/jobs/m", new byte[0]);
        List<EventView> events = events(admin, "/v1/events?from=0&job=m");
        assertEquals(
                List.of("job.created", "run.ready", "run.running", "run.succeeded", "job.changed"),
                events.stream().map(EventView::type).toList());
        EventView last = events.get(3);
        assertEquals(run, last.run());
        assertEquals("m", last.jobName());
        assertEquals("w1", last.worker());
        assertEquals("cancelled", events.get(4).detail());
        assertEquals(
                List.of("run.succeeded", "job.changed"),
                events(admin, "/v1/events?job=m&from=" + events.get(2).cursor()).stream()
                        .map(EventView::type)
                        .toList());
    }

    @Test
    void aCursorThatIsNotKeptIsAnsweredWithAGap() {
        trigger("m");
        List<EventView> events = events(admin, "/v1/events?from=1");
        assertEquals("stream.gap", events.getFirst().type());
        assertEquals("job.created", events.get(1).type());
        assertFalse(events(admin, "/v1/events?from=" + events.get(1).cursor()).stream()
                .anyMatch(event -> event.type().equals("stream.gap")));
    }

    @Test
    void followsAsItHappens() throws IOException {
        try (Socket socket = admin.open()) {
            socket.getOutputStream()
                    .write(("GET /v1/events?follow=true HTTP/1.1\r\n" + admin.head() + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            assertEquals(200, RawHttp.readHead(in).status());
            trigger("now");
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            while (!seen.toString(StandardCharsets.UTF_8).contains("run.ready")) {
                seen.writeBytes(RawHttp.chunk(in));
            }
            assertTrue(seen.toString(StandardCharsets.UTF_8).contains("\"jobName\":\"now\""));
        }
    }

    @Test
    void aReaderThatDoesNotReadHoldsNothingAndLearnsOfTheGap() throws IOException {
        int events = 3 * EventRing.CAPACITY;
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(8 * 1024);
            socket.connect(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), node.port()));
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET /v1/events?follow=true HTTP/1.1\r\n" + admin.head() + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            BufferedReader lines =
                    new BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertTrue(lines.readLine().startsWith("HTTP/1.1 200"));
            List<Event> batch = IntStream.range(0, 1_024)
                    .mapToObj(i -> new Event(i, 0, new Event.What.Notice("node.clock_jump", "x".repeat(200))))
                    .toList();
            for (int i = 0; i < events; i += batch.size()) {
                node.services.events().add(batch);
            }
            String line = lines.readLine();
            while (line != null && !line.contains("stream.gap") && !line.contains("stream.idle")) {
                line = lines.readLine();
            }
            assertTrue(line != null && line.contains("list again"), "the stream ended without a gap line");
        }
    }

    @Test
    void aWaitEndsWhenTheRunEnds() throws Exception {
        String run = trigger("m");
        CompletableFuture<RunView> waiting = CompletableFuture.supplyAsync(
                () -> admin.get("/v1/runs/" + run + "/wait?waitMs=20000").as(RunView.class));
        Hand hand = new Hand(node, "w1");
        Grant grant = hand.claimOne();
        assertFalse(waiting.isDone());
        hand.report(grant, "failed", "exit 1: no", "");
        RunView view = waiting.get(20, TimeUnit.SECONDS);
        assertEquals("dead", view.state());
        assertEquals("exit 1: no", view.error());
    }

    @Test
    void aWaitForWhatIsToComeWaits() throws Exception {
        admin.post("/v1/jobs", "{\"name\":\"soon\",\"in\":\"2s\",\"noop\":true}");
        RunView scheduled = admin.get("/v1/runs/soon@latest/wait?waitMs=0").as(RunView.class);
        assertEquals("scheduled", scheduled.state());
        CompletableFuture<RunView> waiting = CompletableFuture.supplyAsync(
                () -> admin.get("/v1/runs/soon@latest/wait?waitMs=20000").as(RunView.class));
        Hand hand = new Hand(node, "w1");
        hand.report(hand.claimOne(), "succeeded", "", "");
        assertEquals("succeeded", waiting.get(20, TimeUnit.SECONDS).state());
    }

    @Test
    void aWaitThatIsOverShowsTheRunAsItIs() {
        String run = trigger("m");
        assertEquals(
                "ready",
                admin.get("/v1/runs/" + run + "/wait?waitMs=1")
                        .as(RunView.class)
                        .state());
        assertEquals(
                404, admin.get("/v1/runs/m@20200101T000000Z.m9/wait?waitMs=1").status());
        assertEquals(422, admin.get("/v1/runs/" + run + "/wait?waitMs=999999").status());
    }

    @Test
    void manyWaitersOfManyRunsAreAllAnswered() throws Exception {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(trigger("m" + i));
        }
        List<CompletableFuture<RunView>> waiting = new ArrayList<>();
        for (String run : runs) {
            CompletableFuture<RunView> view = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    view.complete(
                            admin.get("/v1/runs/" + run + "/wait?waitMs=30000").as(RunView.class));
                } catch (UncheckedIOException e) {
                    view.completeExceptionally(e);
                }
            });
            waiting.add(view);
        }
        Hand hand = new Hand(node, "w1");
        for (Grant grant : hand.claim(20)) {
            assertEquals("accepted", hand.report(grant, "succeeded", "", ""));
        }
        for (CompletableFuture<RunView> view : waiting) {
            assertEquals("succeeded", view.get(30, TimeUnit.SECONDS).state());
        }
    }
}
