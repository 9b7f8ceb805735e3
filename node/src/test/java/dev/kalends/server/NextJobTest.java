package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.FirePage;
import dev.kalends.api.FireView;
import dev.kalends.api.JobView;
import dev.kalends.job.DstRule;
import dev.kalends.job.Hash;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.schedule.NextFires;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fires to come of a job: by its own seed, in its window, moved by its splay. */
final class NextJobTest {
    private ServedNode node;
    private RawHttp admin;

    @BeforeEach
    void start() {
        node = new ServedNode();
        admin = node.admin();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void submit(String json) {
        RawHttp.Reply reply = admin.post("/v1/jobs", json);
        assertEquals(201, reply.status(), reply.text());
    }

    private FirePage next(String target) {
        RawHttp.Reply reply = admin.get(target);
        assertEquals(200, reply.status(), reply.text());
        return reply.as(FirePage.class);
    }

    @Test
    void hashedFieldsFireByTheJobsOwnSeed() {
        submit("{\"name\":\"h\",\"cron\":\"H H * * *\",\"noop\":true}");
        FirePage page = next("/v1/jobs/h/next?n=3");
        Schedule cron = new Schedule.Cron("H H * * *", ZoneId.of("UTC"), DstRule.CRON);
        long asOfMs = Instant.parse(page.asOf()).toEpochMilli();
        List<Long> expected = NextFires.of(cron, Hash.of("default", "h")).after(asOfMs, Window.OPEN, 0, 3).stream()
                .map(NextFires.Fire::atMs)
                .toList();
        assertEquals(
                expected,
                page.items().stream()
                        .map(fire -> Instant.parse(fire.at()).toEpochMilli())
                        .toList());
        assertEquals(expected.getFirst() - asOfMs, page.items().getFirst().inMs());
        assertTrue(Objects.requireNonNull(page.schedule().words()).startsWith("at "), page.toString());
    }

    @Test
    void theWindowBoundsThem() {
        submit("{\"name\":\"w\",\"cron\":\"0 12 * * *\",\"noop\":true,\"from\":\"2040-01-01T00:00:00Z\","
                + "\"until\":\"2040-01-04T12:00:00Z\"}");
        List<FireView> all = next("/v1/jobs/w/next?n=100").items();
        assertEquals(
                List.of("2040-01-01T12:00:00.000Z", "2040-01-02T12:00:00.000Z", "2040-01-03T12:00:00.000Z"),
                all.stream().map(FireView::at).toList());
        JobView view = admin.get("/v1/jobs/w").as(JobView.class);
        assertEquals("2040-01-01T00:00:00.000Z", view.from());
        assertEquals("2040-01-04T12:00:00.000Z", view.until());
        assertEquals(3, Objects.requireNonNull(view.next()).size());
        assertEquals(all.stream().map(FireView::at).toList(), view.nextFires());
    }

    @Test
    void runsThatAreLeftAreCountedFromTheNextFireOn() {
        submit("{\"name\":\"m\",\"cron\":\"0 12 * * *\",\"noop\":true,"
                + "\"from\":\"2040-01-01T00:00:00Z\",\"maxRuns\":4}");
        assertEquals(4, next("/v1/jobs/m/next?n=100").items().size());
        assertEquals(
                List.of("2040-01-03T12:00:00.000Z", "2040-01-04T12:00:00.000Z"),
                next("/v1/jobs/m/next?n=100&from=2040-01-02T13:00:00Z").items().stream()
                        .map(FireView::at)
                        .toList());
    }

    @Test
    void splayMovesThemAndIsToldApartFromTheNominalInstant() {
        submit("{\"name\":\"s\",\"cron\":\"0 12 * * *\",\"noop\":true,"
                + "\"from\":\"2040-01-01T00:00:00Z\",\"splay\":\"1h\"}");
        FireView first = next("/v1/jobs/s/next").items().getFirst();
        long movedMs = Math.floorMod(Hash.mix(Hash.of("default", "s"), 1), 3_600_001L);
        assertEquals("2040-01-01T12:00:00.000Z", first.nominalAt());
        assertEquals(Instant.parse("2040-01-01T12:00:00Z").plusMillis(movedMs), Instant.parse(first.at()));
        assertTrue(Objects.requireNonNull(first.note()).startsWith("splay, "), first.toString());
        // Asked from the very instant that it comes due, it is still there; a moment later it is not.
        assertEquals(
                first.at(),
                next("/v1/jobs/s/next?n=1&from=" + first.at())
                        .items()
                        .getFirst()
                        .at());
        String later = Instant.parse(first.at()).plusMillis(1).toString();
        assertEquals(
                "2040-01-02T12:00:00.000Z",
                next("/v1/jobs/s/next?n=1&from=" + later).items().getFirst().nominalAt());
    }

    @Test
    void clockChangesAreTold() {
        submit("{\"name\":\"ny\",\"cron\":\"30 2 * * *\",\"tz\":\"America/New_York\",\"noop\":true}");
        FireView gap =
                next("/v1/jobs/ny/next?n=1&from=2027-03-14T00:00").items().getFirst();
        assertEquals("2027-03-14T07:00:00.000Z", gap.at());
        assertEquals("2027-03-14T03:00:00-04:00", gap.local());
        assertEquals("02:30 does not exist; fires at the end of the gap", gap.note());
    }

    @Test
    void whatNeverFiresHasNone() {
        submit("{\"name\":\"man\",\"manual\":true,\"noop\":true}");
        assertEquals(List.of(), next("/v1/jobs/man/next").items());
        submit("{\"name\":\"c\",\"cron\":\"@daily\",\"noop\":true}");
        admin.call("DELETE", "/v1/jobs/c", new byte[0]);
        FirePage page = next("/v1/jobs/c/next");
        assertEquals(List.of(), page.items());
        assertEquals("cancelled", page.state());
        submit("{\"name\":\"o\",\"at\":\"2040-01-01T00:00:00Z\",\"noop\":true}");
        assertEquals(
                "2040-01-01T00:00:00.000Z",
                next("/v1/jobs/o/next").items().getFirst().at());
        assertEquals(
                List.of(), next("/v1/jobs/o/next?from=2040-01-02T00:00:00Z").items());
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        submit("{\"name\":\"c\",\"cron\":\"@daily\",\"noop\":true}");
        assertEquals(422, admin.get("/v1/jobs/c/next?n=0").status());
        assertEquals(422, admin.get("/v1/jobs/c/next?from=yesterdayish").status());
        assertEquals(422, admin.get("/v1/jobs/c/next?count=1").status());
        assertEquals(404, node.as(ServedNode.TENANT_A).get("/v1/jobs/c/next").status());
    }
}
