package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route, walked by those who must not enter. */
final class DoorTest {
    private static ServedNode node;

    @BeforeAll
    static void start() {
        node = new ServedNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static List<Route> guarded() {
        return node.routes.all().stream()
                .filter(route -> route.permission() != Permission.OPEN)
                .toList();
    }

    private static String target(Route route) {
        return route.template().replaceAll("\\{[a-z]+}", "x");
    }

    private static ErrorBody.Detail refused(RawHttp.Reply reply, int status, String code) {
        assertEquals(status, reply.status(), reply.text());
        ErrorBody.Detail detail = reply.as(ErrorBody.class).error();
        assertEquals(code, detail.code());
        assertClean(reply.text());
        return detail;
    }

    private static void assertClean(String text) {
        for (String leak : List.of("Exception", "dev.kalends", "java.", "\tat ", ServedNode.ADMIN)) {
            assertFalse(text.contains(leak), () -> "leaks " + leak + ": " + text);
        }
    }

    @Test
    void thereAreRoutesToWalk() {
        assertTrue(guarded().size() >= 27, () -> "routes=" + guarded().size());
    }

    @Test
    void refusesEveryRouteWithoutCredentials() {
        for (Route route : guarded()) {
            refused(node.nobody().call(route.method(), target(route), new byte[0]), 401, "unauthorized");
        }
    }

    @Test
    void refusesEveryRouteWithAWrongToken() {
        for (String wrong : List.of("", "x", ServedNode.ADMIN + "x", ServedNode.ADMIN.substring(1), "*", "null")) {
            for (Route route : guarded()) {
                RawHttp client = node.nobody().with("Authorization", "Bearer " + wrong);
                refused(client.call(route.method(), target(route), new byte[0]), 401, "unauthorized");
            }
        }
    }

    @Test
    void refusesOtherSchemesAndTwoHeaders() {
        refused(node.nobody().with("Authorization", "Basic " + ServedNode.ADMIN).get("/v1/jobs"), 401, "unauthorized");
        RawHttp twice = node.admin().with("authorization ", "Bearer x");
        assertNotEquals(200, twice.get("/v1/jobs").status());
    }

    @Test
    void refusesEveryRouteForAForeignHost() {
        for (String host : List.of("evil.example", "evil.example:" + node.port(), "127.0.0.1.evil.example", "")) {
            for (Route route : node.routes.all()) {
                RawHttp client = node.admin().with("Host", host);
                refused(client.call(route.method(), target(route), new byte[0]), 403, "forbidden");
            }
        }
        refused(node.admin().without("Host").get("/v1/jobs"), 403, "forbidden");
    }

    @Test
    void refusesEveryRouteForAForeignOrigin() {
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1.evil.example")) {
            for (Route route : node.routes.all()) {
                RawHttp client = node.admin().with("Origin", origin);
                refused(client.call(route.method(), target(route), new byte[0]), 403, "forbidden");
            }
        }
    }

    @Test
    void acceptsItsOwnNames() {
        for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:" + node.port(), "[::1]:7070")) {
            assertEquals(200, node.admin().with("Host", host).get("/v1/jobs").status(), host);
        }
        assertEquals(
                200,
                node.admin()
                        .with("Origin", "http://localhost:" + node.port())
                        .get("/v1/jobs")
                        .status());
    }

    @Test
    void anybodyLearnsWhetherItLives() {
        assertEquals("live\n", node.nobody().get("/livez").text());
        assertEquals("ready\n", node.nobody().get("/readyz").text());
    }

    @Test
    void permissionsAreThoseOfTheRoute() {
        RawHttp reader = node.as(ServedNode.READER);
        for (Route route : guarded()) {
            RawHttp.Reply reply = reader.call(route.method(), target(route), new byte[0]);
            if (route.permission() == Permission.READ) {
                assertNotEquals(403, reply.status(), route.template());
            } else {
                refused(reply, 403, "forbidden");
            }
        }
    }

    @Test
    void aPathIsNeverMistakenForAnother() {
        RawHttp nobody = node.nobody();
        for (String path : List.of(
                "/livez/../v1/jobs",
                "//v1/jobs",
                "/livez/v1/jobs",
                "/LIVEZ",
                "/livez/",
                "/livez%2f..%2fv1%2fjobs",
                "/v1/jobs/",
                "/v1//jobs",
                "/")) {
            refused(nobody.get(path), 401, "unauthorized");
            int status = node.admin().get(path).status();
            assertTrue(status == 404 || status == 400, path + " gives " + status);
        }
    }

    @Test
    void refusesOversizedBodiesOnEveryRouteThatReadsOne() {
        byte[] large = new byte[17 * 1024 * 1024];
        java.util.Arrays.fill(large, (byte) ' ');
        for (Route route : guarded()) {
            boolean reads = (route.method().equals("POST") || route.method().equals("PUT"))
                    && !route.template().endsWith("bulk")
                    && !route.template().endsWith("trigger")
                    && !route.template().endsWith("rerun")
                    && !route.template().endsWith("drain")
                    && !route.template().endsWith("step-down")
                    && !route.template().endsWith("finalize")
                    && !route.template().startsWith("/v1/queues");
            if (reads) {
                String head = route.method() + " " + target(route) + " HTTP/1.1\r\n"
                        + node.admin().head() + "Content-Length: " + large.length + "\r\n\r\n";
                refused(node.admin().send(head.getBytes(StandardCharsets.UTF_8)), 413, "invalid");
            }
        }
    }

    @Test
    void refusesAnOversizedBodyThatIsNotDeclared() {
        StringBuilder request = new StringBuilder(
                "POST /v1/jobs HTTP/1.1\r\n" + node.admin().head() + "Transfer-Encoding: chunked\r\n\r\n");
        request.append("100001\r\n").append(" ".repeat(0x100001)).append("\r\n0\r\n\r\n");
        refused(node.admin().send(request.toString().getBytes(StandardCharsets.UTF_8)), 413, "invalid");
    }

    @Test
    void survivesGarbageOnEveryRoute() {
        for (String garbage : List.of(
                "",
                "{",
                "null",
                "{}",
                "{\"queues\":null,\"protocol\":1}",
                "{\"protocol\":1,\"worker\":\"w\"}",
                "{\"protocol\":1,\"worker\":\"w\",\"held\":[null],\"reports\":[null],\"queues\":[null]}",
                "{\"protocol\":1,\"worker\":\"w\",\"held\":[{}]}",
                "{\"protocol\":1,\"worker\":\"w\",\"reports\":[{}]}",
                "{\"runs\":[null]}",
                "{\"dir\":null}",
                "{\"command\":[null],\"manual\":true}",
                "{\"http\":{},\"manual\":true}",
                "{\"noop\":true,\"manual\":true,\"labels\":{\"a\":null},\"retryOn\":[null]}",
                "[]",
                "[[[[[[[[",
                "\"",
                "{\"name\":",
                "\u0000\u0001",
                "{}{}",
                "{\"a\":1e999}",
                "{\"dryRun\":{}}",
                "[".repeat(100_000),
                "{\"x\":".repeat(50_000))) {
            for (Route route : guarded()) {
                RawHttp.Reply reply =
                        node.admin().call(route.method(), target(route), garbage.getBytes(StandardCharsets.UTF_8));
                assertTrue(
                        reply.status() >= 200 && reply.status() < 500,
                        () -> route.template() + " answers "
                                + reply.status() + " " + reply.text() + " to "
                                + garbage.substring(0, Math.min(20, garbage.length())) + " log=" + node.log);
                assertClean(reply.text());
            }
        }
    }

    @Test
    void survivesGarbageInsteadOfHttp() {
        for (String garbage : List.of(
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET / \r\n\r\n",
                "\u0016\u0003\u0001\u0002",
                "GET /%zz HTTP/1.1\r\n\r\n",
                "GET /v1/jobs HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "GET /v1/jobs HTTP/1.1\r\nA\r\n\r\n")) {
            sendAndHangUp(garbage);
            assertEquals("live\n", node.nobody().get("/livez").text());
        }
    }

    @Test
    void survivesChunkedJunk() {
        for (String junk : List.of("zz\r\n", "5\r\nab", "-1\r\n", "ffffffffffffffff\r\nx", "5\r\n{\"na\r\n0\r\n\r\n")) {
            String head = "POST /v1/jobs HTTP/1.1\r\n" + node.admin().head() + "Transfer-Encoding: chunked\r\n\r\n";
            sendAndHangUp(head + junk);
            assertEquals("live\n", node.nobody().get("/livez").text());
        }
    }

    private static void sendAndHangUp(String bytes) {
        try (java.net.Socket socket = node.admin().open()) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertFalse(answer.startsWith("HTTP/1.1 2"), answer);
            assertFalse(answer.contains("dev.kalends"), answer);
        } catch (java.io.IOException e) {
            // A reset is an answer too.
        }
    }

    @Test
    void saysWhichMethodsAnAddressHas() {
        RawHttp.Reply reply = node.admin().call("PATCH", "/v1/jobs", new byte[0]);
        refused(reply, 400, "usage");
        assertEquals("POST, GET", reply.headers().get("allow"));
    }

    @Test
    void refusesParametersThatItDoesNotKnow() {
        assertTrue(refused(node.admin().get("/v1/jobs?stat=x"), 422, "invalid")
                .message()
                .contains("parameter=\"stat\""));
        refused(node.admin().get("/v1/jobs?limit=0"), 422, "invalid");
        refused(node.admin().get("/v1/jobs?limit=1&limit=2"), 422, "invalid");
        refused(node.admin().get("/v1/jobs?name=%ff"), 400, "usage");
        refused(node.admin().get("/v1/jobs/%c3%28"), 400, "usage");
    }
}
