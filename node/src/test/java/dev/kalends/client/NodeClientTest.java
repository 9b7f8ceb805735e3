package dev.kalends.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.DeadRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.EventView;
import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportRequest;
import dev.kalends.api.SubmitResult;
import dev.kalends.api.TenantView;
import dev.kalends.client.ScriptedNode.Asked;
import dev.kalends.client.ScriptedNode.Reply;
import dev.kalends.job.Limits;
import dev.kalends.time.MonotonicClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against nodes that answer as told. */
final class NodeClientTest {
    private static final JobRequest JOB =
            Json.readRequest(JobRequest.class, "{\"name\":\"a/b\",\"noop\":true}".getBytes(UTF_8));
    /** Where nobody listens: port 1 is never bound here. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private static ClientSettings settings(Duration timeout, URI... nodes) {
        return new ClientSettings(
                List.of(nodes), Optional.of("acme"), node -> Optional.of("secret"), timeout, MonotonicClock.system());
    }

    private static NodeClient client(Duration timeout, URI... nodes) {
        return new NodeClient(settings(timeout, nodes));
    }

    private static NodeClient client(URI... nodes) {
        return client(Duration.ofSeconds(5), nodes);
    }

    private static void askEverything(NodeClient client) {
        client.submit(JOB);
        client.jobs(JobQuery.ALL);
        client.jobs(new JobQuery(
                Optional.of("b*/ü"),
                Optional.of("paused"),
                List.of("a=b", "c=d&e"),
                Optional.of("t+1"),
                7,
                Optional.of("x")));
        client.job("billing/close%");
        client.cancelJob("a", Flag.OFF);
        client.cancelJob("a", Flag.ON);
        client.trigger("a", Flag.ON);
        client.runs(new RunQuery(
                Optional.of("a"), Optional.of("dead"), Optional.of("1h"), Optional.of("5s"), 0, Optional.empty()));
        client.run("a/b@latest");
        client.output("a@1", OptionalInt.of(3));
        client.cancelRun("a@1", Flag.ON);
        client.rerun("a@1");
        client.awaitRun("a@1", 250);
        client.dead(new DeadQuery(
                Optional.of("f"), Optional.of("j"), Optional.of("e.*"), Optional.of("1d"), 2, Optional.of("c")));
        DeadRequest all = new DeadRequest(null, null, null, null, true, null, "5/s", null, null);
        client.redrive(all);
        client.discard(all);
        client.partitionLeases();
        client.runLeases();
        client.workers();
        client.stats();
        client.tenants();
        client.setTenant(new TenantView("t 1", 5, 10, null, null, null));
        client.backup("/b");
        client.events(new EventQuery(Optional.of("9"), Optional.of("a"), Flag.ON), event -> true);
        client.ifUnchanged().release("a@1", OptionalLong.of(7));
        client.ifUnchanged().release("a@1", OptionalLong.empty());
        client.ifUnchanged().cancelJob("a", 3);
        client.ifUnchanged().trigger("a", 3);
        client.ifUnchanged().cancelRun("a@1", 2);
        client.ifUnchanged().rerun("a@1", 2);
        client.livez();
        client.readyz();
        client.metrics();
    }

    @Test
    void everyRouteIsAskedAsAgreed() throws IOException {
        try (ScriptedNode node = new ScriptedNode((number, request) -> Reply.ok("{}"))) {
            askEverything(client(node.uri()));
            assertEquals("""
                    POST /v1/jobs
                    GET /v1/jobs
                    GET /v1/jobs?name=b%2A%2F%C3%BC&state=paused&dueBefore=t%2B1&after=x&label=a%3Db&label=c%3Dd%26e&limit=7
                    GET /v1/jobs/billing%2Fclose%25
                    DELETE /v1/jobs/a
                    DELETE /v1/jobs/a?running=true
                    POST /v1/jobs/a/trigger?force=true
                    GET /v1/runs?job=a&state=dead&since=1h&late=5s
                    GET /v1/runs/a%2Fb@latest
                    GET /v1/runs/a@1/output?attempt=3
                    DELETE /v1/runs/a@1?running=true
                    POST /v1/runs/a@1/rerun
                    GET /v1/runs/a@1/wait?waitMs=250
                    GET /v1/dead?fingerprint=f&job=j&error=e.%2A&since=1d&after=c&limit=2
                    POST /v1/dead/redrive
                    POST /v1/dead/discard
                    GET /v1/leases/partitions
                    GET /v1/leases/runs
                    GET /v1/workers
                    GET /v1/stats
                    GET /v1/tenants
                    PUT /v1/tenants/t%201
                    POST /v1/backup
                    GET /v1/events?from=9&job=a&follow=true
                    DELETE /v1/runs/a@1/lease?token=7
                    DELETE /v1/runs/a@1/lease
                    DELETE /v1/jobs/a?generation=3
                    POST /v1/jobs/a/trigger?generation=3
                    DELETE /v1/runs/a@1?running=true&series=2
                    POST /v1/runs/a@1/rerun?series=2
                    GET /livez
                    GET /readyz
                    GET /metrics
                    """.strip(), String.join("\n", node.lines()));
            for (Asked asked : node.asked()) {
                assertEquals("Bearer secret", asked.header("Authorization"));
                assertEquals("acme", asked.header("X-kalends-tenant"));
                assertEquals(
                        asked.line().startsWith("GET"),
                        asked.header("X-kalends-request-id").isEmpty());
            }
            assertEquals(
                    "{\"name\":\"a/b\",\"noop\":true}", node.asked().getFirst().body());
            assertEquals("{\"dir\":\"/b\"}", node.asked().get(22).body());
            long ids = node.asked().stream()
                    .map(asked -> asked.header("X-kalends-request-id"))
                    .filter(id -> !id.isEmpty())
                    .distinct()
                    .count();
            assertEquals(16, ids, "each change has an id of its own");
        }
    }

    @Test
    void aWorkerAsksOnceAndLeavesRepeatingToItsLoops() throws IOException {
        try (ScriptedNode node = new ScriptedNode((number, request) -> Reply.ok("{}"))) {
            WorkerClient worker = new WorkerClient(settings(Duration.ofSeconds(5), node.uri()));
            worker.claim(new ClaimRequest(1, "w", List.of("default"), 1, 2, 10, "v", "direct"));
            worker.renew(new RenewRequest(1, "w", List.of(), null));
            worker.report(new ReportRequest(1, "w", List.of()));
            assertEquals(
                    List.of("POST /v1/worker/claim", "POST /v1/worker/renew", "POST /v1/worker/report"), node.lines());
        }
    }

    @Test
    void aLostAnswerAndABusyNodeAreTriedAgainWithTheSameId() throws IOException {
        try (ScriptedNode node = new ScriptedNode((number, request) -> switch (number) {
            case 1 -> new Reply(0, "", Map.of());
            case 2, 3 -> Reply.error(503, "unavailable");
            case 4 -> new Reply(429, "{}", Map.of());
            default -> Reply.ok("{\"id\":\"x\",\"created\":true}");
        })) {
            assertEquals("x", client(node.uri()).submit(JOB).id());
            // The platform may repeat the broken request once by itself: also then it is the same one.
            assertTrue(node.asked().size() >= 5, () -> "asked=" + node.lines());
            assertEquals(
                    1,
                    node.asked().stream()
                            .map(asked -> asked.header("X-kalends-request-id"))
                            .distinct()
                            .count());
        }
    }

    @Test
    void theNextNodeIsAskedAndPreferredFromThenOn() throws IOException {
        try (ScriptedNode node = new ScriptedNode((number, request) -> Reply.ok("fine"))) {
            NodeClient client = client(NOBODY, node.uri());
            assertEquals("fine", client.livez());
            assertEquals("fine", client.livez());
            assertEquals(2, node.asked().size());
        }
    }

    @Test
    void noNodeAtAllIsSaidSoonWithWhatToDo() {
        MonotonicClock clock = MonotonicClock.system();
        long startNs = clock.nowNs();
        ApiException e = assertThrows(
                ApiException.class, () -> client(Duration.ofSeconds(60), NOBODY).stats());
        assertEquals(ErrorCode.UNREACHABLE, e.code());
        assertEquals("no node answers; nodes=http://127.0.0.1:1 reason=Connection refused", e.message());
        assertTrue(e.hint().orElse("").contains("kalends node"));
        long tookMs = (clock.nowNs() - startNs) / 1_000_000;
        assertTrue(tookMs >= Transport.FIRST_CONTACT_MS && tookMs < 10_000, "tookMs=" + tookMs);
    }

    @ParameterizedTest
    @CsvSource({
        "404, not_found, NOT_FOUND",
        "409, conflict, CONFLICT",
        "422, invalid, INVALID",
        "401, unauthorized, UNAUTHORIZED"
    })
    void aRefusalIsFinalAndKeepsItsWords(int status, String word, ErrorCode code) throws IOException {
        try (ScriptedNode node = new ScriptedNode((number, request) -> Reply.error(status, word))) {
            ApiException e =
                    assertThrows(ApiException.class, () -> client(node.uri()).submit(JOB));
            assertEquals(code, e.code());
            assertEquals("no; a=1", e.message());
            assertEquals(Optional.of("do b"), e.hint());
            assertEquals(1, node.asked().size());
        }
    }

    @Test
    void anAskedWaitIsKeptOrTheCallEndsThrottled() throws IOException {
        try (ScriptedNode node = new ScriptedNode((number, request) -> new Reply(
                429,
                "{\"error\":{\"code\":\"throttled\",\"message\":\"too fast; rate=1\",\"hint\":null}}",
                Map.of("Retry-After", number == 1 ? "1" : "3600")))) {
            ApiException e =
                    assertThrows(ApiException.class, () -> client(node.uri()).submit(JOB));
            assertEquals(ErrorCode.THROTTLED, e.code());
            assertEquals(3_600_000, e.retryAfterMs());
            assertEquals(2, node.asked().size());
        }
    }

    @Test
    void somethingElseThatAnswersIsNotTakenForANode() throws IOException {
        try (ScriptedNode node = new ScriptedNode((number, request) -> new Reply(404, "<html>", Map.of()))) {
            ApiException e =
                    assertThrows(ApiException.class, () -> client(node.uri()).stats());
            assertEquals(ErrorCode.NOT_FOUND, e.code());
            assertTrue(e.message().contains("text=<html>"), e.message());
        }
    }

    @Test
    void aBulkGoesInChunksWithIdsOfItsOwn() throws IOException {
        int lines = 2 * Limits.BULK_CHUNK_LINES_MAX + 5;
        StringBuilder input = new StringBuilder();
        for (int i = 1; i <= lines; i++) {
            input.append(i == 3 ? " \r" : i == 4 ? "x".repeat(Limits.BULK_LINE_BYTES_MAX + 1) : "{\"n\":" + i + "}");
            input.append(i < lines ? "\n" : "");
        }
        List<SubmitResult> results = new ArrayList<>();
        try (ScriptedNode node = new ScriptedNode((number, request) -> Reply.ok(bulkAnswer(request.body())))) {
            client(node.uri())
                    .submitBulk(
                            "base", new ByteArrayInputStream(input.toString().getBytes(UTF_8)), results::add);
            Map<String, Long> linesById = node.asked().stream()
                    .collect(Collectors.toMap(
                            asked -> asked.header("X-kalends-request-id"),
                            asked -> asked.body().lines().count()));
            long whole = Limits.BULK_CHUNK_LINES_MAX;
            assertEquals(Map.of("base.1", whole - 1, "base.2", whole, "base.3", 4L), linesById);
        }
        assertEquals(lines - 1, results.size());
        assertEquals(
                List.of(1L, 2L, 4L, 5L),
                results.stream().limit(4).map(SubmitResult::line).toList());
        assertTrue(results.get(2).error() != null
                && results.get(2).error().message().contains("bytes_max=1048576"));
        for (SubmitResult result : results) {
            assertTrue(result.error() != null || ("j" + result.line()).equals(result.id()), result::toString);
        }
    }

    private static String bulkAnswer(String body) {
        StringBuilder answer = new StringBuilder();
        body.lines()
                .forEach(line -> answer.append("{\"id\":\"j")
                        .append(line, 5, line.length() - 1)
                        .append("\",\"line\":1}\n"));
        return answer.toString();
    }

    @Test
    void eventsComeOneByOneUntilEnough() throws IOException {
        String stream = "{\"cursor\":\"1\",\"at\":\"t\",\"type\":\"run.ready\"}\n\n{\"cursor\":\"2\",\"at\":\"t\","
                + "\"type\":\"run.running\"}\n{\"cursor\":\"3\",\"at\":\"t\",\"type\":\"run.dead\"}\n";
        try (ScriptedNode node = new ScriptedNode((number, request) -> Reply.ok(stream))) {
            List<String> cursors = new ArrayList<>();
            client(node.uri())
                    .events(new EventQuery(Optional.empty(), Optional.empty(), Flag.OFF), (EventView event) -> {
                        cursors.add(event.cursor());
                        return cursors.size() < 2;
                    });
            assertEquals(List.of("1", "2"), cursors);
        }
    }
}
