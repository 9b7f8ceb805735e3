package dev.kalends.cli.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of jobs: a result for each line, in order, and the same request ids when started again. */
final class BulkRunTest {
    private static final String ROUTE = "POST /v1/jobs:bulk";
    private static final String ID_HEADER = "X-kalends-request-id";

    @Test
    void answersEachLineInOrder(@TempDir Path dir) throws IOException {
        Path file = write(dir, "{\"in\":\"1s\",\"noop\":true}\n\nnonsense\n{\"in\":\"2s\",\"noop\":true}");
        try (FakeNode node = new FakeNode().on(ROUTE, BulkRunTest::answer)) {
            CommandRun.Outcome outcome = node.inPipe().run("submit", "-f", file.toString());
            assertEquals(7, outcome.status(), outcome.err());
            assertEquals("id-1\t\t\ttrue\t1\t\n\t\t\t\t3\tinvalid: no JSON\nid-3\t\t\ttrue\t4\t\n", outcome.out());
            assertEquals(
                    "error: partly_failed: 1 of 3 lines failed\n  the first: line 3: invalid: no JSON\n",
                    outcome.err());
        }
    }

    @Test
    void readsStdinAndAnswersJson() throws IOException {
        try (FakeNode node = new FakeNode().on(ROUTE, BulkRunTest::answer)) {
            CommandRun.Outcome outcome =
                    node.inPipe().stdin("{\"in\":\"1s\",\"noop\":true}\n").run("submit", "-f", "-", "-o", "ndjson");
            assertEquals(0, outcome.status(), outcome.err());
            assertTrue(outcome.out().startsWith("{\"id\":\"id-1\","), outcome.out());
            assertTrue(outcome.out().contains("\"line\":1"), outcome.out());
        }
    }

    @Test
    void sameLinesHaveTheSameIdsAndOthersDoNot(@TempDir Path dir) throws IOException {
        Path file = write(dir, lines(2500));
        Path longer = write(dir, lines(2600));
        Path other = write(dir, lines(2500).replace("1s", "2s"));
        List<String> first = ids(file);
        assertEquals(3, first.size());
        assertEquals(first, ids(file));
        assertEquals(first.subList(0, 2), ids(longer).subList(0, 2));
        assertNotEquals(first.get(2), ids(longer).get(2));
        assertNotEquals(first.getFirst(), ids(other).getFirst());
        assertNotEquals(first.getFirst(), ids(file, "--key", "again").getFirst());
        assertNotEquals(first.get(0), first.get(1));
    }

    @Test
    void givesKeysToLinesThatHaveNone(@TempDir Path dir) throws IOException {
        Path file = write(
                dir,
                "{\"in\":\"1s\",\"noop\":true}\n{\"name\":\"n\",\"in\":\"1s\",\"noop\":true}\n"
                        + "no { json\n {\"in\":\"3s\"}");
        try (FakeNode node = new FakeNode().on(ROUTE, BulkRunTest::answer)) {
            node.inPipe().run("submit", "-f", file.toString(), "--key", "import-7");
            assertEquals("""
                    {"key":"import-7:1","in":"1s","noop":true}
                    {"name":"n","in":"1s","noop":true}
                    no { json
                     {"key":"import-7:4","in":"3s"}
                    """, node.asked().getLast().body());
        }
    }

    @Test
    void saysHowToGoOnWhenTheNodeGoesAway(@TempDir Path dir) throws IOException {
        Path file = write(dir, lines(2500));
        try (FakeNode node = new FakeNode()) {
            node.on(
                    ROUTE,
                    asked -> firstLine(asked) == 0
                            ? answer(asked)
                            : FakeNode.Answer.error(401, "unauthorized", "the token was revoked"));
            CommandRun.Outcome outcome = node.inPipe().run("submit", "-f", file.toString(), "-q");
            assertEquals(4, outcome.status());
            assertEquals(1000, outcome.out().lines().count());
            assertTrue(outcome.err().contains("1000 lines are answered; start it again"), outcome.err());
        }
    }

    private static List<String> ids(Path file, String... more) throws IOException {
        try (FakeNode node = new FakeNode().on(ROUTE, BulkRunTest::answer)) {
            String[] words = new String[3 + more.length];
            System.arraycopy(new String[] {"submit", "-f", file.toString()}, 0, words, 0, 3);
            System.arraycopy(more, 0, words, 3, more.length);
            assertEquals(0, node.inPipe().run(words).status());
            // Several are under way at a time, and arrive in any order.
            return node.asked().stream()
                    .sorted(Comparator.comparingInt(BulkRunTest::firstLine))
                    .map(asked -> asked.headers().getOrDefault(ID_HEADER, "missing"))
                    .toList();
        }
    }

    /** The place in the file of a request's first line. */
    private static int firstLine(FakeNode.Asked asked) {
        String name = asked.body().lines().findFirst().orElseThrow().replaceFirst(".*\"j-", "");
        return Integer.parseInt(name.substring(0, name.indexOf('"')));
    }

    private static FakeNode.Answer answer(FakeNode.Asked asked) {
        StringBuilder results = new StringBuilder();
        int line = 0;
        for (String text : asked.body().lines().toList()) {
            line++;
            results.append(
                    text.contains("{\"")
                            ? "{\"id\":\"id-" + line + "\",\"created\":true,\"line\":" + line + "}\n"
                            : "{\"line\":" + line + ",\"error\":{\"code\":\"invalid\",\"message\":\"no JSON\"}}\n");
        }
        return FakeNode.Answer.ok(results.toString());
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"in\":\"1s\",\"noop\":true,\"name\":\"j-" + i + "\"}\n")
                .collect(Collectors.joining());
    }

    private static Path write(Path dir, String text) throws IOException {
        Path file = Files.createTempFile(dir, "jobs", ".ndjson");
        Files.writeString(file, text);
        return file;
    }
}
