package dev.kalends.cli.crontab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.Golden;
import dev.kalends.job.DstRule;
import dev.kalends.job.Schedule;
import dev.kalends.schedule.FireTimes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs as lines for cron, and back. */
final class CrontabWriterTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static JobRequest job(String json) {
        return Json.readRequest(JobRequest.class, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<JobRequest> jobs, CrontabReader.Column column) {
        CrontabWriter writer = new CrontabWriter(column);
        List<String> lines = new ArrayList<>();
        jobs.forEach(job -> lines.addAll(writer.lines(job)));
        return String.join("\n", lines) + "\n";
    }

    private static Crontab read(String text, CrontabReader.Column column) {
        return CrontabReader.read(text.getBytes(StandardCharsets.UTF_8), column, UTC);
    }

    private static CrontabSource source(byte[] bytes) {
        return new CrontabSource("x", "x", "x", CrontabReader.Column.NO_USER, Optional.empty(), bytes);
    }

    @Test
    void whatWasImportedIsWrittenBackTheSame() throws IOException {
        byte[] bytes;
        try (InputStream in = CrontabWriterTest.class.getResourceAsStream("/crontab/two-hundred")) {
            bytes = Objects.requireNonNull(in).readAllBytes();
        }
        List<CrontabEntry> entries = CrontabReader.read(bytes, CrontabReader.Column.NO_USER, UTC).entries().stream()
                .filter(entry -> entry.when().indexOf('H') < 0)
                .toList();
        CrontabSource source = source(bytes);
        List<JobRequest> jobs = entries.stream()
                .map(entry -> ImportedJob.of(source, entry).request(new Accounts(Map.of()), Optional.empty()))
                .toList();
        Crontab again = read(text(jobs, CrontabReader.Column.NO_USER), CrontabReader.Column.NO_USER);
        assertEquals(List.of(), again.unkept());
        assertEquals(entries.size(), again.entries().size());
        for (int i = 0; i < entries.size(); i++) {
            CrontabEntry before = entries.get(i);
            CrontabEntry after = again.entries().get(i);
            assertEquals(before.zone(), after.zone());
            assertEquals(before.delayMinutes(), after.delayMinutes());
            assertEquals(before.command().stdin(), after.command().stdin());
            assertTrue(
                    after.command().shellText().endsWith(before.command().shellText()),
                    () -> after.command().shellText());
            assertEquals(
                    before.variables().get("LEVEL"),
                    after.command().shellText().contains("unset")
                            ? null
                            : after.variables().get("LEVEL"));
            sameFires(before.when(), after.when(), before.zone());
        }
    }

    private static void sameFires(String before, String after, ZoneId zone) {
        FireTimes left = FireTimes.of(new Schedule.Cron(before, zone, DstRule.CRON), 0);
        FireTimes right = FireTimes.of(new Schedule.Cron(after, zone, DstRule.CRON), 0);
        long at = 1_772_323_200_000L;
        for (int i = 0; i < 200; i++) {
            long next = left.nextAfter(at);
            assertEquals(next, right.nextAfter(at), before + " is not " + after);
            at = next;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *",
                "5/20 22-5 * nov-feb fri-mon",
                "0 0 */2 * ?",
                "0 0 28-3 * *",
                "0 22-5/3 * * 5-7",
                "0 15 10 ? * MON-FRI",
                "@Daily",
                "7,9/30 1 L-0 * *"
            })
    void whatIsWrittenForCronFiresTheSame(String expression) {
        Optional<String> portable = PortableCron.of(expression);
        if (expression.contains("L")) {
            assertEquals(Optional.empty(), portable);
            return;
        }
        sameFires(expression, portable.orElseThrow(), UTC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5/20 22-5 * * fri-mon | 5-59/20 22,23,0,1,2,3,4,5 * * 5,6,0,1",
                "0 15 10 ? * * | 15 10 * * *",
                "30 0 0 * * * | -",
                "H 0 * * * | -",
                "0 0 * * mon#2 | -",
                "0 0 15W * * | -"
            })
    void onlyWhatEveryCronReadsIsWritten(String expression, String portable) {
        assertEquals(portable, PortableCron.of(expression).orElse("-"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15m | 2026-03-01T00:05:00Z | 5-59/15 * * * *",
                "1m | 2026-03-01T00:00:00Z | * * * * *",
                "1h | 2026-03-01T00:07:00Z | 7 * * * *",
                "6h | 2026-03-01T00:30:00Z | 30 */6 * * *",
                "1d | 2026-03-01T04:30:00Z | 30 4 * * *",
                "7m | 2026-03-01T00:00:00Z | -",
                "5h | 2026-03-01T00:00:00Z | -",
                "15m | 2026-03-01T00:00:01Z | -"
            })
    void periodsThatDivideTheDayAreFields(String every, String anchor, String fields) {
        String text = text(
                List.of(job("{\"name\":\"n\",\"every\":\"" + every + "\",\"anchor\":\"" + anchor
                        + "\",\"command\":[\"x\"]}")),
                CrontabReader.Column.NO_USER);
        assertEquals(
                fields,
                read(text, CrontabReader.Column.NO_USER).entries().stream()
                        .map(CrontabEntry::when)
                        .findFirst()
                        .orElse("-"));
    }

    @Test
    void delaysAndVariablesOfOneJobAreNotThoseOfTheNext() {
        String text = text(
                List.of(
                        job("{\"cron\":\"@daily\",\"command\":[\"a\"],\"splay\":\"45m\",\"env\":{\"A\":\"1\"}}"),
                        job("{\"cron\":\"@daily\",\"command\":[\"b\",\"c d\"],\"cwd\":\"/s\"}")),
                CrontabReader.Column.NO_USER);
        Crontab crontab = read(text, CrontabReader.Column.NO_USER);
        assertEquals(45, crontab.entries().get(0).delayMinutes());
        assertEquals(0, crontab.entries().get(1).delayMinutes());
        assertEquals(
                "unset A; cd /s && b 'c d'", crontab.entries().get(1).command().shellText());
    }

    private static final List<String> LINES = List.of(
            "{\"name\":\"a\",\"cron\":\"5/20 22-5 * * *\",\"tz\":\"Europe/Berlin\","
                    + "\"command\":[\"/bin/echo\",\"50%\"]}",
            "{\"name\":\"b\",\"cron\":\"0 0 * * mon#2\",\"command\":[\"x\"]}",
            "{\"name\":\"c\",\"at\":\"2026-05-01T00:00:00.000Z\",\"command\":[\"x\"]}",
            "{\"name\":\"d\",\"manual\":true,\"command\":[\"x\"]}",
            "{\"name\":\"e\",\"cron\":\"@daily\",\"noop\":true}",
            "{\"name\":\"f\",\"cron\":\"@daily\",\"http\":{\"method\":\"GET\",\"url\":\"http://example.com/\"}}",
            "{\"name\":\"g\",\"cron\":\"@daily\",\"command\":[\"x\"],\"until\":\"2026-05-01T00:00:00.000Z\"}",
            "{\"name\":\"h\",\"cron\":\"@daily\",\"tz\":\"Europe/Berlin\",\"dst\":\"skip\",\"command\":[\"x\"]}",
            "{\"name\":\"h2\",\"cron\":\"@daily\",\"except\":[\"12-25\"],\"command\":[\"x\"]}",
            "{\"name\":\"i\",\"cron\":\"@daily\",\"command\":[\"x\",\"a\\nb\"]}",
            "{\"name\":\"j\",\"cron\":\"@daily\",\"command\":[\"x\"],\"stdin\":\"no end\"}",
            "{\"name\":\"k\",\"cron\":\"@daily\",\"command\":[\"x\"],\"stdin\":\"a\\nb%\\n\",\"timeout\":\"5m\"}",
            "{\"name\":\"l\",\"cron\":\"@daily\",\"command\":[\"x\"],\"user\":\"nobody\","
                    + "\"env\":{\"Q\":\"it's \\\"q\\\"\"}}",
            "{\"name\":\"m\",\"cron\":\"@daily\",\"command\":[\"x\"],\"env\":{\"Q\":\"a\\nb\"}}",
            "{\"name\":\"n\",\"cron\":\"@daily\",\"command\":[\"x\\u001b[2J\"]}",
            "{\"every\":\"15m\",\"anchor\":\"2026-03-01T00:05:00.000Z\",\"command\":[\"/bin/bash\",\"-c\",\"x | y\"]}");

    @Test
    void printsBothForms() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/export", String.join("\n", LINES) + "\n");
            new Golden("export")
                    .add(node.inPipe(), "export", "a*", "-l", "k=v")
                    .add(node.inPipe(), "export", "--format", "crontab")
                    .add(node.onTerminal(), "export", "--format", "crontab", "--user-column")
                    .add(node.inPipe(), "export", "--format", "xml")
                    .add(node.inPipe(), "export", "--user-column")
                    .check();
            assertEquals("GET /v1/export?name=a%2A&label=k%3Dv", node.requests().getFirst());
        }
    }
}
