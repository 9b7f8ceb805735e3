package dev.kalends.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The picture of a forecast on terminals, its numbers in pipes, what is asked of the node. */
final class ForecastCommandTest {
    private static final TerminalFacts NARROW = new TerminalFacts(true, true, true, 40, true);

    /** A day of minutes: a few fires always, more at each full hour, a wall at midnight. */
    private static String day(String walls, String pauses) {
        StringJoiner repeating = new StringJoiner(",");
        StringJoiner once = new StringJoiner(",");
        for (int i = 0; i < 1_440; i++) {
            repeating.add(i == 720 ? "12400" : i % 60 == 0 ? "900" : Integer.toString(250 + i % 7));
            once.add(i == 720 ? "31" : "40");
        }
        return "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"tenant\":\"default\",\"from\":\"2026-03-07T11:00:00.000Z\","
                + "\"until\":\"2026-03-08T11:00:00.000Z\",\"stepMs\":60000,\"repeatingJobs\":300000,\"pausedJobs\":2,"
                + "\"fires\":1000234,\"typical\":293,\"peak\":{\"at\":\"2026-03-07T23:00:00.000Z\",\"fires\":12431},"
                + "\"wallCount\":" + (walls.isEmpty() ? 0 : 24) + ",\"walls\":[" + walls + "],\"repeating\":["
                + repeating + "],\"once\":[" + once + "],\"tookMs\":812,\"pauses\":[" + pauses + "]}";
    }

    private static String wall() {
        return """
            {"at":"2026-03-07T23:00:00.000Z","fires":12431,"once":31,"schedules":[
             {"schedule":{"type":"cron","cron":"0 0 * * *","tz":"Europe/Berlin","words":"at 00:00 every day, %s"},
              "splayMs":0,"jobs":11900,"fires":11900},
             {"schedule":{"type":"every","everyMs":900000,"words":"every 15 minutes"},
              "splayMs":600000,"jobs":300,"fires":300}],
             "splay":{"splayMs":1800000,"jobs":11900,"peak":741}}
            """.formatted(Samples.quoted("Europe/Berlin")).replace("\n", "");
    }

    @Test
    void everyForm() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/forecast", day(wall(), ""));
            new Golden("forecast")
                    .add(node.onTerminal().variable("LANG", "C.UTF-8"), "forecast")
                    .add(node.onTerminal().variable("LC_ALL", "C"), "forecast")
                    .add(
                            node.with(CommandRun.onTerminal().terminal(NARROW)).variable("LANG", "de_DE.utf8"),
                            "forecast",
                            "--ascii")
                    .add(node.inPipe(), "forecast", "--for", "1h", "--until", "2026-03-08T00:00")
                    .add(node.inPipe(), "forecast", "--step", "often")
                    .add(node.inPipe(), "forecast", "--from", "soon")
                    .check();
        }
    }

    @Test
    void nothingAndWhatIsPaused() throws IOException {
        String empty = "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"tenant\":null,\"from\":\"2026-03-07T12:00:00.000Z\","
                + "\"until\":\"2026-03-07T15:00:00.000Z\",\"stepMs\":3600000,\"repeatingJobs\":1,\"pausedJobs\":0,"
                + "\"fires\":%d,\"typical\":0,\"peak\":%s,\"wallCount\":0,\"walls\":[],\"repeating\":[0,%d,0],"
                + "\"once\":[0,0,0],\"tookMs\":1,\"pauses\":[{\"by\":\"everything\",\"tenant\":null,"
                + "\"since\":\"2026-03-07T11:00:00.000Z\",\"until\":null,\"reason\":\"flood\",\"resuming\":false}]}";
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/forecast", empty.formatted(0, "null", 0))
                    .answer(
                            "GET /v1/forecast",
                            empty.formatted(7, "{\"at\":\"2026-03-07T13:00:00.000Z\",\"fires\":7}", 7));
            new Golden("forecast-small")
                    .add(node.onTerminal().variable("LANG", "C.UTF-8"), "forecast", "--for", "3h")
                    .add(node.onTerminal().variable("LANG", "C.UTF-8"), "--utc", "forecast", "--for", "3h")
                    .add(node.inPipe(), "forecast", "--for", "3h")
                    .add(node.inPipe(), "forecast", "--for", "3h", "-o", "ndjson")
                    .add(node.inPipe(), "forecast", "--for", "3h", "-o", "json")
                    .check();
        }
    }

    @Test
    void asksForWhatWasMeant() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/forecast", day("", ""));
            node.inPipe()
                    .run("forecast", "a/*", "-l", "k=v", "--from", "2026-03-08T00:00", "--for", "1h", "--step", "1s");
            node.inPipe().run("forecast", "--from", "2h", "--until", "2026-03-08T02:00:00Z");
            assertEquals(
                    "GET /v1/forecast?name=a%2F%2A&from=2026-03-07T23%3A00%3A00.000Z&until=1h&step=1s&label=k%3Dv",
                    node.requests().getFirst());
            assertEquals(
                    "GET /v1/forecast?from=2h&until=2026-03-08T02%3A00%3A00.000Z",
                    node.requests().getLast());
        }
    }
}
