package dev.kalends.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kalends.api.JobRequest;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to a real server on loopback. */
final class HttpExecutorTest {
    /** Sun, 08 Mar 2026 07:00:00 GMT. */
    private static final long NOW_MS = 1_772_953_200_000L;

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch hang = new CountDownLatch(1);
    private final HttpExecutor executor = new HttpExecutor(AddressPolicy.NO_LINK_LOCAL, () -> NOW_MS, "test");
    private HttpServer server = create();

    private record Seen(String method, String uri, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                seen.add(new Seen(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
                answer(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        hang.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String[] parts = path.split("/", -1);
        switch (parts[1]) {
            case "status" -> {
                exchange.getResponseHeaders().set("Retry-After", parts.length > 3 ? parts[3] : "7");
                send(exchange, Integer.parseInt(parts[2]), "\nno room today\nmore\n");
            }
            case "date" -> {
                exchange.getResponseHeaders().set("Retry-After", "Sun, 08 Mar 2026 07:01:30 GMT");
                send(exchange, 503, "");
            }
            case "hops" -> {
                int left = Integer.parseInt(parts[2]);
                exchange.getResponseHeaders().set("Location", left == 0 ? "/status/200" : "/hops/" + (left - 1));
                send(exchange, 302, "");
            }
            case "elsewhere" -> {
                exchange.getResponseHeaders()
                        .set("Location", exchange.getRequestURI().getQuery());
                send(exchange, 307, "");
            }
            case "chunks" -> {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    for (int i = 0; i < 10; i++) {
                        out.write(("chunk " + i + "\n").getBytes(UTF_8));
                        out.flush();
                    }
                }
            }
            case "flood" -> {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    byte[] block = "0123456789abcde\n".repeat(4096).getBytes(UTF_8);
                    for (int i = 0; i < 2 * HttpAnswerReader.BODY_BYTES_MAX / block.length; i++) {
                        out.write(block);
                    }
                }
            }
            case "hang" -> awaitQuietly(hang);
            default -> send(exchange, 200, "fine\n");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Grants call(String path) {
        return Grants.http(request("GET", url(path), null));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static JobRequest.Http request(String method, String url, @Nullable String body) {
        return new JobRequest.Http(
                method,
                url,
                Map.of("Content-Type", "text/plain", "Authorization", "Basic x", "idempotency-key", "mine"),
                body);
    }

    private static String text(Execution execution) {
        return new String(execution.output().read(0, Limits.OUTPUT_BYTES_MAX).bytes(), UTF_8);
    }

    @Test
    void sendsWhoItIsAndKeepsTheAnswer() {
        Execution execution = Grants.http(request("POST", url("/hook?a=b%20c&d=ü"), "payload ü"))
                .execution();
        assertEquals(
                new Outcome(AttemptEnd.SUCCEEDED, Optional.of(200), Optional.empty(), 0), executor.execute(execution));
        assertEquals("fine\n", text(execution));
        Seen request = seen.getFirst();
        assertEquals("POST", request.method());
        assertEquals("/hook?a=b%20c&d=%C3%BC", request.uri());
        assertEquals("payload ü", request.body());
        assertEquals("7m2r3tx01k9qf@20260308T070000Z", request.header("Idempotency-key"));
        assertEquals("2", request.header("Kalends-attempt"));
        assertEquals("1", request.header("Kalends-token"));
        assertEquals("2026-03-08T07:00:00.000Z", request.header("Kalends-nominal"));
        assertEquals("default", request.header("Kalends-tenant"));
        assertEquals("kalends/test", request.header("User-agent"));
        assertEquals("127.0.0.1:" + server.getAddress().getPort(), request.header("Host"));
    }

    @ParameterizedTest
    @CsvSource({"/status/503, 503, 7000", "/status/429/0, 429, 0", "/status/400/soon, 400, 0"})
    void anythingButSuccessNamesStatusAndFirstLine(String path, int status, long retryAfterMs) {
        Outcome outcome = executor.execute(call(path).execution());
        assertEquals(
                new Outcome(
                        AttemptEnd.FAILED,
                        Optional.of(status),
                        Optional.of("HTTP " + status + ": no room today"),
                        retryAfterMs),
                outcome);
    }

    @Test
    void aDateToWaitForAndAnAnswerWithoutWords() {
        Outcome outcome = executor.execute(call("/date").execution());
        assertEquals(90_000, outcome.retryAfterMs());
        assertEquals(Optional.of("HTTP 503: Service Unavailable"), outcome.error());
    }

    @Test
    void followsFiveRedirectsNotSix() {
        assertEquals(
                AttemptEnd.SUCCEEDED,
                executor.execute(call("/hops/4").execution()).end());
        assertEquals(6, seen.size());
        assertEquals(
                Optional.of("HTTP 302: too many redirects; max=5"),
                executor.execute(call("/hops/5").execution()).error());
    }

    @Test
    void aRedirectKeepsSecretsHomeAndPolicyWithIt() {
        String elsewhere = "http://localhost:" + server.getAddress().getPort() + "/other";
        assertEquals(
                AttemptEnd.SUCCEEDED,
                executor.execute(call("/elsewhere?" + elsewhere).execution()).end());
        assertEquals("Basic x", seen.getFirst().header("Authorization"));
        assertEquals("", seen.getLast().header("Authorization"));
        assertEquals("7m2r3tx01k9qf@20260308T070000Z", seen.getLast().header("Idempotency-key"));
        assertEquals(
                Optional.of("cannot start: the address may not be called: it is link-local; host=169.254.169.254"
                        + " address=169.254.169.254"),
                executor.execute(
                                call("/elsewhere?http://169.254.169.254/latest").execution())
                        .error());
    }

    @Test
    void bodiesInChunksAndBodiesWithoutEnd() {
        Execution chunks = call("/chunks").execution();
        assertEquals(AttemptEnd.SUCCEEDED, executor.execute(chunks).end());
        assertTrue(text(chunks).startsWith("chunk 0\nchunk 1\n"));
        assertTrue(text(chunks).endsWith("chunk 9\n"));
        Execution flood = call("/flood").execution();
        assertEquals(AttemptEnd.SUCCEEDED, executor.execute(flood).end());
        assertEquals(HttpAnswerReader.BODY_BYTES_MAX, flood.output().written());
    }

    @Test
    void aTimeoutAndACancelEndACallThatHangs() throws Exception {
        Outcome late = executor.execute(call("/hang").timeoutMs(150).execution());
        assertEquals(AttemptEnd.TIMED_OUT, late.end());
        assertEquals(Optional.of("timeout after 150ms"), late.error());
        Execution execution = call("/hang").execution();
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> executor.execute(execution));
        execution.stop().raise(StopSignal.Reason.CANCELLED);
        assertEquals(AttemptEnd.CANCELLED, outcome.get(5, TimeUnit.SECONDS).end());
    }

    @Test
    void nobodyThere() {
        server.stop(0);
        Outcome outcome = executor.execute(call("/").execution());
        assertEquals(Optional.of("no answer; reason=Connection refused"), outcome.error());
        assertEquals(
                Optional.of("unknown host; host=no-such-host.invalid"),
                executor.execute(Grants.http(new JobRequest.Http("GET", "http://no-such-host.invalid/", null, null))
                                .execution())
                        .error()
                        .map(error -> error.split(":", -1)[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://h/, GET, x, only http and https are called; url=ftp://h/",
        "http://u:p@h/, GET, x, 'credentials in an address are not sent, use a header; host=h'",
        "not a url, GET, x, the address is none; url=not a url",
        "http:///x, GET, x, the address names no host and port; url=http:///x",
        "http://127.0.0.1/, G ET, x, the method is none; method=G ET",
        "http://127.0.0.1/, GET, 'a\r\nHost: evil', the header cannot be sent; header=X-Note",
    })
    void whatCannotBeSentIsSaid(String url, String method, String header, String error) {
        JobRequest.Http http = new JobRequest.Http(method, url, Map.of("X-Note", header), null);
        assertEquals(
                Optional.of("cannot start: " + error),
                executor.execute(Grants.http(http).execution()).error());
        assertTrue(seen.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, NO_LINK_LOCAL, true",
        "::ffff:169.254.169.254, NO_LINK_LOCAL, true",
        "64:ff9b::a9fe:a9fe, NO_LINK_LOCAL, true",
        "2002:a9fe:a9fe::1, NO_LINK_LOCAL, true",
        "fe80::1, NO_LINK_LOCAL, true",
        "fd00:ec2::254, NO_LINK_LOCAL, true",
        "127.0.0.1, NO_LINK_LOCAL, false",
        "10.1.2.3, NO_LINK_LOCAL, false",
        "::1, NO_LINK_LOCAL, false",
        "169.254.169.254, ANY, false",
        "127.0.0.1, PUBLIC_ONLY, true",
        "10.1.2.3, PUBLIC_ONLY, true",
        "172.31.0.1, PUBLIC_ONLY, true",
        "172.32.0.1, PUBLIC_ONLY, false",
        "192.168.1.1, PUBLIC_ONLY, true",
        "100.64.0.1, PUBLIC_ONLY, true",
        "0.0.0.0, PUBLIC_ONLY, true",
        "::1, PUBLIC_ONLY, true",
        "::, PUBLIC_ONLY, true",
        "fd12::1, PUBLIC_ONLY, true",
        "::ffff:10.0.0.1, PUBLIC_ONLY, true",
        "64:ff9b::a00:1, PUBLIC_ONLY, true",
        "8.8.8.8, PUBLIC_ONLY, false",
        "2606:4700::1111, PUBLIC_ONLY, false",
    })
    void addressesAreJudged(String address, AddressPolicy policy, boolean refused) throws IOException {
        InetAddress parsed = InetAddress.getByName(address);
        assertEquals(refused, policy.refusal(parsed).isPresent());
        assertFalse(AddressPolicy.ANY.refusal(parsed).isPresent());
    }
}
