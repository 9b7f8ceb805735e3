package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.job.Backoff;
import dev.kalends.job.DstRule;
import dev.kalends.job.ExcludedDays;
import dev.kalends.job.Schedule;
import dev.kalends.partition.Draft;
import dev.kalends.schedule.FireTimes;
import dev.kalends.time.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of a submitted job, right and wrong. */
final class DraftReaderTest {
    private static final long NOW_MS = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    /** What is sent, and what the refusal says. */
    private static final List<String> REFUSED = List.of(
            "\"manual\":true,\"at\":\"2026-05-01T00:00:00Z\" | given=2",
            "\"name\":\"n\" | given=0",
            "\"manual\":false | given=0",
            "\"manual\":true,\"noop\":true,\"command\":[\"x\"] | given=2",
            "\"manual\":true,\"noop\":false | given=0",
            "\"manual\":true,\"name\":\"\" | name is empty",
            "\"manual\":true,\"name\":\"a b\" | U+0020",
            "\"manual\":true,\"name\":\"a\\u0007\" | U+0007",
            "\"manual\":true,\"name\":\"a\\u202eb\" | U+202E",
            "\"manual\":true,\"name\":\"a@b\" | U+0040",
            "\"manual\":true,\"name\":\"-x\" | minus",
            "\"manual\":true,\"key\":\"\" | key is empty",
            "\"manual\":true,\"key\":\"a\\nb\" | U+000A",
            "\"manual\":true,\"tenant\":\"a b\" | U+0020",
            "\"in\":\"soon\" | in:",
            "\"in\":\"-1s\" | in:",
            "\"in\":\"200000w\" | in:",
            "\"every\":\"0s\" | every is at least",
            "\"every\":\"1h\",\"anchor\":\"x\" | anchor:",
            "\"in\":\"1s\",\"anchor\":\"2026-05-01T00:00:00Z\" | field=anchor",
            "\"in\":\"1s\",\"dst\":\"skip\" | field=dst",
            "\"in\":\"1s\",\"until\":\"2026-05-01T00:00:00Z\" | field=until",
            "\"in\":\"1s\",\"maxRuns\":1 | field=maxRuns",
            "\"every\":\"1h\",\"maxRuns\":0 | maxRuns=0",
            "\"every\":\"1h\",\"from\":\"2026-05-02T00:00:00Z\",\"until\":\"2026-05-01T00:00:00Z\""
                    + " | until is after",
            "\"cron\":\"* * *\" | cron:",
            "\"cron\":\"61 * * * *\" | position",
            "\"cron\":\"0 0 30 2 *\" | no such date",
            "\"cron\":\"0 0 * * *\",\"tz\":\"Europe/Berlim\" | did you mean Europe/Berlin",
            "\"cron\":\"0 0 * * *\",\"dst\":\"maybe\" | dst is one of cron, skip",
            "\"cron\":\"0 0 25 12 *\",\"except\":[\"12-25\"] | every fire to come lies on an excluded day",
            "\"every\":\"1h\",\"except\":[\"2026-02-30\"] | except: there is no such date",
            "\"every\":\"1h\",\"except\":[\"Christmas\"] | except: this is no day",
            "\"every\":\"1h\",\"except\":[null] | field=except[]",
            "\"in\":\"1h\",\"except\":[\"12-25\"] | field=except",
            "\"manual\":true,\"except\":[\"12-25\"] | field=except",
            "\"at\":\"tomorrow\" | at:",
            "\"at\":\"2026-02-30T00:00:00Z\" | at:",
            "\"manual\":true,\"splay\":\"1m\" | field=splay",
            "\"after\":[\"x\"] | not yet supported; field=after",
            "\"manual\":true,\"limit\":{\"a\":0} | a limit is 1 to 1000000 runs at once; limit=a=0",
            "\"manual\":true,\"sandbox\":\"required\" | not yet supported; field=sandbox",
            "\"manual\":true,\"sandbox\":\"maybe\" | sandbox is one of",
            "\"manual\":true,\"priority\":\"urgent\"" + " | priority is one of high, normal, low; priority=\"urgent\"",
            "\"manual\":true,\"overlap\":\"x\" | overlap is one of skip, queue, allow, replace",
            "\"manual\":true,\"catchUp\":\"x\" | catchUp is one of last, all, none",
            "\"manual\":true,\"onLost\":\"x\" | onLost is one of retry, fail",
            "\"manual\":true,\"maxAttempts\":0 | maxAttempts is 1 to 1000",
            "\"manual\":true,\"maxAttempts\":1001 | maxAttempts=1001",
            "\"manual\":true,\"backoff\":\"1h..1s\" | MIN..MAX",
            "\"manual\":true,\"timeout\":\"0s\" | timeout is at least",
            "\"manual\":true,\"retryOn\":[1000] | code=1000",
            "\"manual\":true,\"queue\":\"a b\" | queue",
            "\"manual\":true,\"labels\":{\"a b\":\"x\"} | label",
            "\"manual\":true,\"labels\":{\"a\":\"x\\ny\"} | labels.a",
            "\"manual\":true,\"command\":[] | begins with a program",
            "\"manual\":true,\"command\":[\"\"] | begins with a program",
            "\"manual\":true,\"command\":[\"a\",\"b\\u0000\"] | command[1] has no zero byte",
            "\"manual\":true,\"command\":[\"a\"],\"env\":{\"1A\":\"x\"} | env=\"1A\"",
            "\"manual\":true,\"command\":[\"a\"],\"env\":{\"KALENDS_TOKEN\":\"x\"} | set by Kalends",
            "\"manual\":true,\"command\":[\"a\"],\"env\":{\"A\":\"\\u0000\"} | env.A",
            "\"manual\":true,\"command\":[\"a\"],\"cwd\":\"x\" | cwd is an absolute path",
            "\"manual\":true,\"noop\":true,\"env\":{\"A\":\"x\"} | field=env",
            "\"manual\":true,\"noop\":true,\"stdin\":\"x\" | field=stdin",
            "\"manual\":true,\"http\":{\"url\":\"http://a/\"} | field=http.method",
            "\"manual\":true,\"http\":{\"method\":\"get\",\"url\":\"http://a/\"} | capitals",
            "\"manual\":true,\"http\":{\"method\":\"GET\",\"url\":\"file:///etc/passwd\"} | http.url is",
            "\"manual\":true,\"http\":{\"method\":\"GET\",\"url\":\"http://u:p@a/\"} | password",
            "\"manual\":true,\"http\":{\"method\":\"GET\",\"url\":\"http://a/\",\"headers\":{\"X\":\"a\\r\\nb\"}}"
                    + " | U+000D",
            "\"manual\":true,\"http\":{\"method\":\"GET\",\"url\":\"http://a/\",\"headers\":{\"Host\":\"b\"}}"
                    + " | set by Kalends",
            "\"manual\":true,\"http\":{\"method\":\"GET\",\"url\":\"http://a/\",\"headers\":{\"a b\":\"b\"}}"
                    + " | header name",
            "\"manual\":true,\"misspelt\":1 | field=misspelt");

    static Stream<Arguments> refused() {
        return REFUSED.stream().map(line -> Arguments.of((Object[]) line.split(" \\| ", 2)));
    }

    private final VirtualClock clock = new VirtualClock(NOW_MS);
    private final DraftReader reader = new DraftReader(
            new Clocks(clock.wall(), clock.monotonic()), ZoneId.of("America/New_York"), QueueBook.open());
    private final Scope scope = Scope.of(Principal.admin(), Optional.empty());

    private DraftReader.Read read(String json) {
        String whole = json.contains("\"command\"") || json.contains("\"http\"") || json.contains("\"noop\"")
                ? json
                : json + ",\"noop\":true";
        return reader.read(
                Json.readRequest(JobRequest.class, ("{" + whole + "}").getBytes(StandardCharsets.UTF_8)), scope);
    }

    private Schedule fixed(String json) {
        return ((Draft.When.Fixed) read(json).draft().when()).schedule();
    }

    private ApiException refusal(String json) {
        ApiException refused = assertThrows(ApiException.class, () -> read(json), json);
        assertTrue(refused.code() == ErrorCode.INVALID, () -> refused.code() + " " + refused.message());
        return refused;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(String json, String says) {
        assertTrue(refusal(json).message().contains(says), () -> refusal(json).message() + " does not say " + says);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertTrue(refusal("\"manual\":true,\"name\":\"" + "n".repeat(201) + "\"")
                .message()
                .contains("200 bytes"));
        assertTrue(refusal("\"manual\":true,\"name\":\"" + "ä".repeat(101) + "\"")
                .message()
                .contains("200 bytes"));
        assertTrue(refusal("\"manual\":true,\"key\":\"" + "k".repeat(201) + "\"")
                .message()
                .contains("200"));
        assertTrue(refusal("\"cron\":\"" + "*".repeat(1025) + "\"").message().contains("1024"));
        String argument = "\"" + "a".repeat(70_000) + "\"";
        assertTrue(refusal("\"manual\":true,\"command\":[" + argument + "," + argument + "]")
                .message()
                .contains("131072"));
        assertTrue(refusal("\"manual\":true,\"command\":[\"a\"" + ",\"b\"".repeat(1024) + "]")
                .message()
                .contains("arguments=1025"));
        assertTrue(refusal("\"manual\":true,\"command\":[\"a\"],\"stdin\":\"" + "a".repeat(262_145) + "\"")
                .message()
                .contains("262144"));
        StringBuilder labels = new StringBuilder("\"l0\":\"x\"");
        for (int i = 1; i <= 64; i++) {
            labels.append(",\"l").append(i).append("\":\"x\"");
        }
        assertTrue(
                refusal("\"manual\":true,\"labels\":{" + labels + "}").message().contains("labels=65"));
        assertTrue(refusal("\"manual\":true,\"command\":[\"a\"],\"env\":{\"A\":\"" + "x".repeat(65_536) + "\"}")
                .message()
                .contains("65536"));
        String url = "http://a/" + "x".repeat(8192);
        assertTrue(refusal("\"manual\":true,\"http\":{\"method\":\"GET\",\"url\":\"" + url + "\"}")
                .message()
                .contains("8192"));
    }

    @Test
    void everyRefusalEndsInKeyAndValue() {
        for (String json : new String[] {
            "\"manual\":true,\"name\":\"a b\"", "\"manual\":true,\"maxAttempts\":0", "\"in\":\"soon\"", "\"name\":\"n\""
        }) {
            String message = refusal(json).message();
            assertTrue(message.matches("(?s).*[A-Za-z.]+=\\S.*$"), message);
        }
    }

    @Test
    void readsEachKindOfSchedule() {
        assertEquals(new Draft.When.In(5_000), read("\"in\":\"5s\"").draft().when());
        assertEquals(
                new Draft.When.EveryFromNow(90_000),
                read("\"every\":\"90s\"").draft().when());
        assertEquals(new Schedule.Manual(), fixed("\"manual\":true"));
        Schedule.Every grid = (Schedule.Every) fixed("\"every\":\"1h\",\"anchor\":\"2026-03-01T00:30:00Z\"");
        assertEquals(NOW_MS + 1_800_000, FireTimes.of(grid, 0).nextAfter(NOW_MS));
        Schedule.Once once = (Schedule.Once) fixed("\"at\":\"2026-07-01T12:00\",\"tz\":\"Europe/Berlin\"");
        assertEquals(Instant.parse("2026-07-01T10:00:00Z").toEpochMilli(), once.atMs());
        Schedule.Once local = (Schedule.Once) fixed("\"at\":\"2026-07-01T12:00\"");
        assertEquals(Instant.parse("2026-07-01T16:00:00Z").toEpochMilli(), local.atMs());
        Schedule.Cron cron = (Schedule.Cron) fixed("\"cron\":\"0 9 * * 1-5\"");
        assertEquals(ZoneId.of("UTC"), cron.zone());
    }

    @Test
    void readsDaysThatAreLeftOut() {
        ExcludedDays christmas = new ExcludedDays.Builder().everyYear(12, 25).build();
        assertEquals(
                new Draft.When.ExceptFromNow(3_600_000, christmas, ZoneId.of("UTC")),
                read("\"every\":\"1h\",\"except\":[\"12-25\"]").draft().when());
        assertEquals(
                new Schedule.Except(
                        new Schedule.Cron("0 9 * * *", ZoneId.of("Asia/Tokyo"), DstRule.CRON),
                        christmas,
                        ZoneId.of("Asia/Tokyo")),
                fixed("\"cron\":\"0 9 * * *\",\"tz\":\"Asia/Tokyo\",\"except\":[\"12-25\"]"));
        assertEquals(
                new Schedule.Cron("@daily", ZoneId.of("UTC"), DstRule.CRON),
                fixed("\"cron\":\"@daily\",\"except\":[]"));
        assertEquals(
                List.of("except: all these days are over; the last is 2025-12-25..2025-12-26"),
                read("\"every\":\"1h\",\"except\":[\"2025-12-25..2025-12-26\",\"2025-05-01\"]")
                        .warnings());
        assertNotEquals(
                read("\"every\":\"1h\",\"except\":[\"12-25\"]").draft().bodyHash(),
                read("\"every\":\"1h\",\"except\":[\"12-26\"]").draft().bodyHash());
        // No clock change is told of that only an excluded day meets.
        String daily = "\"cron\":\"30 2 * * *\",\"tz\":\"America/New_York\",\"except\":[\"2026-03-08\"]";
        assertEquals(
                List.of(), read(daily + ",\"until\":\"2026-10-01T00:00:00Z\"").warnings());
    }

    @Test
    void saysWhenAClockChangeIsMet() {
        assertTrue(read("\"at\":\"2026-03-08T02:30\"").warnings().toString().contains("does not exist"));
        assertTrue(read("\"cron\":\"30 2 * * *\",\"tz\":\"America/New_York\"")
                        .warnings()
                        .size()
                >= 1);
        assertEquals(0, read("\"cron\":\"30 2 * * *\"").warnings().size());
        assertEquals(
                0,
                read("\"cron\":\"30 12 * * *\",\"tz\":\"America/New_York\"")
                        .warnings()
                        .size());
    }

    @Test
    void readsPoliciesAndDefaults() {
        Draft draft = read("\"manual\":true").draft();
        assertEquals("default", draft.policy().queue());
        assertEquals(3, draft.policy().retry().maxAttempts());
        assertEquals(Backoff.DEFAULT, draft.policy().retry().backoff());
        assertEquals(
                new Backoff(1_000, 60_000),
                read("\"manual\":true,\"backoff\":\"1s..1m\"")
                        .draft()
                        .policy()
                        .retry()
                        .backoff());
        assertEquals(
                new Backoff(5_000, 5_000),
                read("\"manual\":true,\"backoff\":\"5s\"")
                        .draft()
                        .policy()
                        .retry()
                        .backoff());
    }

    @Test
    void theHashIsOfWhatWasSent() {
        long hash = read("\"in\":\"60s\"").draft().bodyHash();
        clock.advance(60_000);
        assertEquals(hash, read("\"in\":\"60s\"").draft().bodyHash());
        assertNotEquals(hash, read("\"in\":\"1m\"").draft().bodyHash());
        assertNotEquals(
                hash, read("\"in\":\"60s\",\"priority\":\"normal\"").draft().bodyHash());
        assertEquals(hash, read("\"in\":\"60s\",\"tenant\":\"default\"").draft().bodyHash());
    }
}
