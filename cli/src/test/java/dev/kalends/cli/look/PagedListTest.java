package dev.kalends.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists in several pages: nothing is left out in silence, and filters reach the node. */
final class PagedListTest {
    private static CannedNode threePages() throws IOException {
        return new CannedNode()
                .answer("GET /v1/jobs", Samples.page("\"c1\"", Samples.job("one", "scheduled")))
                .answer("GET /v1/jobs", Samples.page("\"c2\""))
                .answer("GET /v1/jobs", Samples.page("null", Samples.job("two", "scheduled")));
    }

    @Test
    void programsGetAllPagesAnEmptyOneInBetweenIncluded() throws IOException {
        for (String form : List.of("name", "ndjson", "json")) {
            try (CannedNode node = threePages()) {
                CommandRun.Outcome outcome = node.inPipe().run("ls", "-o", form);
                assertTrue(outcome.out().contains("one") && outcome.out().contains("two"), outcome.out());
                assertEquals(
                        List.of(
                                "GET /v1/jobs?limit=1000",
                                "GET /v1/jobs?after=c1&limit=1000",
                                "GET /v1/jobs?after=c2&limit=1000"),
                        node.requests());
            }
        }
    }

    @Test
    void peopleAreToldThatThereIsMore() throws IOException {
        try (CannedNode node = threePages()) {
            CommandRun.Outcome outcome = node.onTerminal().run("ls", "--limit", "1");
            assertEquals(1, node.requests().size(), node.requests().toString());
            assertEquals("there is more; show it with --limit N\n", outcome.err());
        }
    }

    @Test
    void aLimitInJsonLeavesTheCursor() throws IOException {
        try (CannedNode node = threePages()) {
            CommandRun.Outcome outcome = node.inPipe().run("ls", "-o", "json", "--limit", "1");
            assertTrue(outcome.out().startsWith("{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"items\":[{"), outcome.out());
            assertTrue(outcome.out().endsWith("}],\"next\":\"c1\"}\n"), outcome.out());
        }
    }

    @Test
    void filtersReachTheNode() throws IOException {
        try (CannedNode node = threePages()) {
            node.answer("GET /v1/runs", Samples.page("null"));
            node.inPipe()
                    .run(
                            "ls",
                            "b*",
                            "--state",
                            "paused",
                            "-l",
                            "a=b",
                            "-l",
                            "c=d",
                            "--due-before",
                            "1h",
                            "--limit",
                            "1");
            node.inPipe().run("runs", "nightly", "--state", "dead", "--since", "7d", "--late", "1s");
            assertEquals(
                    List.of(
                            "GET /v1/jobs?name=b%2A&state=paused&dueBefore=1h&label=a%3Db&label=c%3Dd&limit=1",
                            "GET /v1/runs?job=nightly&state=dead&since=7d&late=1s&limit=1000"),
                    node.requests());
        }
    }
}
