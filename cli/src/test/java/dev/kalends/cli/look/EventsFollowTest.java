package dev.kalends.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Invocation;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.Capture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code events -f}: over a broken stream, from the last cursor. */
final class EventsFollowTest {
    @Test
    void opensTheStreamAgainAtTheLastCursor() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer(
                            "GET /v1/events",
                            "{\"cursor\":\"7\",\"at\":\"2026-03-07T11:59:00.000Z\",\"type\":\"run.dead\"}\n")
                    .answer(
                            "GET /v1/events",
                            "{\"cursor\":\"8\",\"at\":\"2026-03-07T11:59:01.000Z\",\"type\":\"stream.idle\"}\n")
                    .answer(
                            "GET /v1/events",
                            "{\"cursor\":\"9\",\"at\":\"2026-03-07T11:59:02.000Z\",\"type\":\"stream.gap\"}\n")
                    .refuse("GET /v1/events", 401, "");
            Capture capture = new Capture();
            Surroundings surroundings = capture.surroundings(
                    Map.of("KALENDS_NODE", node.url(), "XDG_STATE_HOME", "/nonexistent"), TerminalFacts.pipes());
            Invocation invocation = new Invocation("events", "", new EventsCommand(ms -> {}));
            ApiException end =
                    assertThrows(ApiException.class, () -> invocation.run(List.of("-f"), null, surroundings));
            assertEquals(ErrorCode.UNAUTHORIZED, end.code());
            assertEquals(
                    List.of(
                            "GET /v1/events?follow=true",
                            "GET /v1/events?from=7&follow=true",
                            "GET /v1/events?from=8&follow=true",
                            "GET /v1/events?from=9&follow=true"),
                    node.requests());
            assertEquals("""
                    2026-03-07T11:59:00.000Z	run.dead									7
                    2026-03-07T11:59:02.000Z	stream.gap									9
                    """, capture.out());
            assertEquals("""
                    the stream ended; opening it again
                    the stream ended; opening it again
                    events may be missing here: list again what you follow
                    the stream ended; opening it again
                    """, capture.err());
        }
    }
}
