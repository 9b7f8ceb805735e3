package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.JobRequest;
import dev.kalends.api.JobView;
import dev.kalends.api.Json;
import dev.kalends.job.Backoff;
import dev.kalends.job.CatchUp;
import dev.kalends.job.DstRule;
import dev.kalends.job.ExcludedDays;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Limits;
import dev.kalends.job.OnLost;
import dev.kalends.job.Overlap;
import dev.kalends.job.Policy;
import dev.kalends.job.Priority;
import dev.kalends.job.Retry;
import dev.kalends.job.RunId;
import dev.kalends.job.SandboxMode;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import dev.kalends.partition.Draft;
import dev.kalends.time.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The input shape of a job, read again, is the same job. */
final class RequestViewsTest {
    private static final int SPECS = 5_000;
    private static final long NOW_MS = 1_772_366_400_000L;
    private static final List<String> TEXTS = List.of("a", "x y\n\t\"'", "è 🎉", "%", "");
    private static final List<String> NAMES = List.of("a", "billing/close", "è🎉", "default");

    private final Random random = new Random(20_260_301);
    private final VirtualClock clock = new VirtualClock(NOW_MS);
    private final DraftReader reader = new DraftReader(
            new Clocks(clock.wall(), clock.monotonic()), ZoneId.of("America/New_York"), QueueBook.open());
    private final Scope scope = Scope.of(Principal.admin(), Optional.empty());

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <E extends Enum<E>> E one(Class<E> type) {
        return one(List.of(type.getEnumConstants()));
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    /** Often short and round, sometimes anything up to the longest. */
    private long durationMs(long minMs) {
        return switch (random.nextInt(4)) {
            case 0 -> minMs;
            case 1 -> 1_000L * (1 + random.nextInt(100_000));
            case 2 -> Limits.DURATION_MAX_MS;
            default -> minMs + random.nextLong(Limits.DURATION_MAX_MS - minMs);
        };
    }

    private long instantMs() {
        return switch (random.nextInt(3)) {
            case 0 -> RunId.NOMINAL_MAX_MS;
            case 1 -> 0;
            default -> random.nextLong(RunId.NOMINAL_MAX_MS);
        };
    }

    private Map<String, String> map(String key) {
        Map<String, String> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(key + i, one(List.of("", "v", "è 🎉", "a=b")));
        }
        return map;
    }

    private List<Integer> codes() {
        List<Integer> codes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            codes.add(random.nextInt(1_000));
        }
        return codes;
    }

    private Schedule schedule() {
        return switch (random.nextInt(5)) {
            case 0 -> new Schedule.Once(instantMs());
            case 1 -> {
                long periodMs = durationMs(1);
                yield new Schedule.Every(periodMs, instantMs() - periodMs);
            }
            case 2 ->
                new Schedule.Cron(
                        one(List.of("*/5 * * * *", "@daily", "H H(1-3) * * mon-fri", "0 0 9 ? * 2#1", "  1 2 * * *")),
                        one(List.of(ZoneId.of("UTC"), ZoneOffset.UTC, ZoneId.of("Europe/Rome"), ZoneId.of("GMT"))),
                        one(DstRule.class));
            case 3 -> {
                ZoneId zone = one(List.of(ZoneId.of("UTC"), ZoneOffset.UTC, ZoneId.of("Pacific/Apia")));
                Schedule base = random.nextBoolean()
                        ? new Schedule.Every(60_000, instantMs() - 60_000)
                        : new Schedule.Cron("*/5 * * * *", zone, one(DstRule.class));
                yield new Schedule.Except(base, excludedDays(), zone);
            }
            default -> new Schedule.Manual();
        };
    }

    private ExcludedDays excludedDays() {
        ExcludedDays.Builder days = new ExcludedDays.Builder().everyYear(12, 25);
        for (int i = random.nextInt(5); i > 0; i--) {
            int from = random.nextInt(30_000);
            days.dates(from, from + random.nextInt(3));
            days.everyYear(1 + random.nextInt(12), 1 + random.nextInt(29));
        }
        return days.build();
    }

    private Window window(Schedule schedule) {
        boolean bounded = schedule.repeats() && !(schedule instanceof Schedule.Manual);
        long splayMs = schedule instanceof Schedule.Manual ? 0 : durationMs(0);
        Optional<Long> from = bounded ? maybe(() -> random.nextLong(NOW_MS)) : Optional.empty();
        Optional<Long> until = bounded ? maybe(() -> NOW_MS + random.nextInt()) : Optional.empty();
        Optional<Integer> maxRuns = bounded ? maybe(() -> 1 + random.nextInt(Integer.MAX_VALUE)) : Optional.empty();
        return new Window(from.filter(ms -> until.isEmpty() || ms < until.get()), until, maxRuns, splayMs);
    }

    private Work work() {
        return switch (random.nextInt(3)) {
            case 0 ->
                new Work.Command(
                        List.of("/bin/echo", one(TEXTS), one(TEXTS)),
                        map("KEY"),
                        maybe(() -> "/tmp/a b"),
                        maybe(() -> "nobody"),
                        maybe(() -> one(TEXTS)));
            case 1 -> new Work.Http("POST", "https://example.com/a?b=c", map("X-"), maybe(() -> one(TEXTS)));
            default -> new Work.Noop();
        };
    }

    private Policy policy() {
        long minMs = durationMs(0);
        Backoff backoff = new Backoff(minMs, Math.min(Limits.DURATION_MAX_MS, minMs + durationMs(0)));
        Retry retry = new Retry(
                1 + random.nextInt(Limits.ATTEMPTS_MAX),
                backoff,
                maybe(() -> durationMs(1)),
                one(OnLost.class),
                codes(),
                codes());
        return new Policy(
                one(NAMES),
                one(Priority.class),
                random.nextBoolean() ? Retry.DEFAULT : retry,
                maybe(() -> durationMs(1)),
                maybe(() -> durationMs(0)),
                one(Overlap.class),
                one(CatchUp.class),
                SandboxMode.NONE,
                List.of());
    }

    private JobSpec spec() {
        Schedule schedule = schedule();
        JobName name = new JobName(one(NAMES), maybe(() -> one(NAMES)), maybe(() -> "a key"));
        return new JobSpec(
                new JobId(1),
                1 + random.nextInt(9),
                name,
                schedule,
                window(schedule),
                work(),
                random.nextBoolean() ? Policy.DEFAULT : policy(),
                map("label/"),
                NOW_MS);
    }

    private Draft read(JobRequest request) {
        return reader.read(Json.readRequest(JobRequest.class, Json.writeRequest(request)), scope)
                .draft();
    }

    @Test
    void anyJobReadAgainIsTheSameWheneverItIsRead() {
        for (int i = 0; i < SPECS; i++) {
            JobSpec spec = spec();
            JobRequest request = RequestViews.of(spec);
            clock.advance(random.nextInt(10_000));
            Draft draft = read(request);
            String text = text(request);
            assertEquals(spec.name(), draft.name(), text);
            assertEquals(new Draft.When.Fixed(spec.schedule()), draft.when(), text);
            assertEquals(spec.window(), draft.window(), text);
            assertEquals(spec.work(), draft.work(), text);
            assertEquals(spec.policy(), draft.policy(), text);
            assertEquals(spec.labels(), draft.labels(), text);
        }
    }

    @Test
    void onlyWhatIsSaidIsThere() {
        JobSpec spec = new JobSpec(
                new JobId(1),
                1,
                new JobName(JobName.DEFAULT_TENANT, Optional.of("n"), Optional.empty()),
                new Schedule.Every(5_400_000, NOW_MS),
                new Window(Optional.empty(), Optional.empty(), Optional.empty(), 30_000),
                new Work.Command(
                        List.of("/bin/true"),
                        Map.of("B", "2", "A", "1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Policy.DEFAULT,
                Map.of(),
                NOW_MS);
        assertEquals(
                "{\"name\":\"n\",\"every\":\"90m\",\"anchor\":\"2026-03-01T13:30:00.000Z\",\"command\":[\"/bin/true\"],"
                        + "\"env\":{\"A\":\"1\",\"B\":\"2\"},\"splay\":\"30s\"}",
                new String(Json.writeRequest(RequestViews.of(spec)), StandardCharsets.UTF_8));
        assertNull(RequestViews.of(spec).tenant());
        assertEquals("default", RequestViews.withTenant(spec).tenant());
    }

    private static void submit(RawHttp client, String json) {
        RawHttp.Reply reply = client.post("/v1/jobs", json);
        assertEquals(201, reply.status(), reply.text());
    }

    private static final List<String> LINES = List.of(
            "{\"name\":\"a/cron\",\"cron\":\"30 2 * * *\",\"tz\":\"Europe/Berlin\",\"http\":{\"method\":\"POST\","
                    + "\"url\":\"https://example.com/\",\"headers\":{\"Authorization\":\"secret\"},\"body\":\"b\"},"
                    + "\"labels\":{\"team\":\"x\"}}",
            "{\"name\":\"a/every\",\"every\":\"1m\",\"command\":[\"/bin/true\"],"
                    + "\"stdin\":\"in\\n\",\"timeout\":\"5m\"}",
            "{\"name\":\"b/hand\",\"manual\":true,\"noop\":true}",
            "{\"in\":\"3h\",\"noop\":true,\"key\":\"k\",\"maxAttempts\":1}");

    @Test
    void whatIsExportedCanBeSubmittedAndIsExportedAgain() {
        try (ServedNode node = new ServedNode();
                ServedNode empty = new ServedNode()) {
            LINES.forEach(line -> submit(node.admin(), line));
            submit(node.admin(), "{\"name\":\"over\",\"manual\":true,\"noop\":true}");
            assertEquals(
                    200,
                    node.admin().call("DELETE", "/v1/jobs/over", new byte[0]).status());
            submit(node.admin(), "{\"name\":\"late\",\"at\":\"2020-01-01T00:00:00Z\",\"noop\":true}");
            submit(node.as(ServedNode.TENANT_A), "{\"name\":\"foreign\",\"manual\":true,\"noop\":true}");

            ServedNode.until(() -> node.admin().get("/v1/runs?job=late").text().contains("\"ready\""));
            String exported = node.admin().get("/v1/export").text();
            assertEquals(LINES.size(), exported.lines().count(), exported);
            exported.lines().forEach(line -> submit(empty.admin(), line));
            assertEquals(exported, empty.admin().get("/v1/export").text());
        }
    }

    @Test
    void exportsByNameLabelAndTenant() {
        try (ServedNode node = new ServedNode(2)) {
            LINES.forEach(line -> submit(node.admin(), line));
            submit(node.as(ServedNode.TENANT_A), "{\"name\":\"foreign\",\"manual\":true,\"noop\":true}");
            assertEquals(
                    2, node.admin().get("/v1/export?name=a%2F*").text().lines().count());
            assertEquals(
                    1,
                    node.admin().get("/v1/export?label=team%3Dx").text().lines().count());
            assertEquals(422, node.admin().get("/v1/export?label=team").status());
            assertEquals(422, node.admin().get("/v1/export?nome=a").status());
            assertEquals(
                    "{\"name\":\"foreign\",\"tenant\":\"a\",\"manual\":true,\"noop\":true}\n",
                    node.as(ServedNode.TENANT_A).get("/v1/export").text());
            String all = node.admin()
                    .with(Scope.HEADER, "*")
                    .get("/v1/export?name=*")
                    .text();
            assertEquals(4, all.lines().count(), all);
            assertEquals(
                    4, all.lines().filter(line -> line.contains("\"tenant\":")).count(), all);
        }
    }

    @Test
    void showSaysHowItWasSubmittedAndListsDoNot() {
        try (ServedNode node = new ServedNode()) {
            submit(node.admin(), LINES.getFirst());
            JobView shown = node.admin().get("/v1/jobs/a%2Fcron").as(JobView.class);
            JobRequest request = shown.request();
            assertNotNull(request);
            assertEquals(LINES.getFirst(), text(request));
            assertTrue(node.admin().get("/v1/jobs").text().contains("\"request\":null"));
        }
    }

    private static String text(JobRequest request) {
        return new String(Json.writeRequest(request), StandardCharsets.UTF_8);
    }
}
