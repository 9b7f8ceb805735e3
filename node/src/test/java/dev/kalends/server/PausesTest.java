package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ActionPage;
import dev.kalends.api.ActionResult;
import dev.kalends.api.BackfillView;
import dev.kalends.api.EditView;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.JobView;
import dev.kalends.api.PauseView;
import dev.kalends.api.StatsView;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pauses, edits and backfills through the door: what they answer, what is shown of them, and whom they concern. */
final class PausesTest {
    private ServedNode node;
    private RawHttp admin;

    @BeforeEach
    void start() {
        node = new ServedNode(2);
        admin = node.admin();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void submit(RawHttp client, String json) {
        assertEquals(201, client.post("/v1/jobs", json).status());
    }

    private static void refused(RawHttp.Reply reply, int status, String code) {
        assertEquals(status, reply.status(), reply.text());
        assertEquals(code, reply.as(ErrorBody.class).error().code());
    }

    private JobView job(String name) {
        return admin.get("/v1/jobs/" + name).as(JobView.class);
    }

    private static List<String> outcomes(RawHttp.Reply reply) {
        assertEquals(200, reply.status(), reply.text());
        return reply.as(ActionPage.class).items().stream()
                .map(ActionResult::outcome)
                .toList();
    }

    @Test
    void severalJobsOfSeveralPartitionsInTheOrderNamed() {
        for (String name : List.of("c", "a", "b")) {
            submit(admin, "{\"name\":\"" + name + "\",\"every\":\"1h\",\"noop\":true}");
        }
        RawHttp.Reply reply =
                admin.post("/v1/jobs:pause", "{\"jobs\":[\"a\",\"b\",\"c\"],\"duration\":\"1h\",\"reason\":\"r\"}");
        assertEquals(List.of("paused", "paused", "paused"), outcomes(reply));
        assertEquals(
                List.of("a", "b", "c"),
                reply.as(ActionPage.class).items().stream()
                        .map(item -> Objects.requireNonNull(item.name()))
                        .toList());
        PauseView pause = Objects.requireNonNull(job("b").pause());
        assertEquals("job", pause.by());
        assertEquals("r", pause.reason());
        assertNotNull(pause.until());
        assertEquals("paused", job("b").state());
        assertEquals(List.of("resumed"), outcomes(admin.post("/v1/jobs:resume", "{\"jobs\":[\"b\"]}")));
        assertNull(job("b").pause());
        assertEquals("scheduled", job("b").state());
    }

    @Test
    void everythingAndATenantAreShownInStats() {
        assertEquals(
                List.of("paused"),
                outcomes(admin.post("/v1/jobs:pause", "{\"all\":true,\"everyTenant\":true,\"reason\":\"panic\"}")));
        StatsView stats = admin.get("/v1/stats").as(StatsView.class);
        PauseView pause = Objects.requireNonNull(stats.pauses()).getFirst();
        assertEquals("everything", pause.by());
        assertEquals("panic", pause.reason());
        assertEquals(
                List.of("resumed"), outcomes(admin.post("/v1/jobs:resume", "{\"all\":true,\"everyTenant\":true}")));
        assertEquals(
                List.of("not_paused"), outcomes(admin.post("/v1/jobs:resume", "{\"all\":true,\"everyTenant\":true}")));
    }

    @Test
    void aTenantsTokenPausesItsOwnOnly() {
        RawHttp tenant = node.as(ServedNode.TENANT_A);
        submit(tenant, "{\"name\":\"mine\",\"manual\":true,\"noop\":true}");
        submit(admin, "{\"name\":\"ours\",\"manual\":true,\"noop\":true}");
        refused(tenant.post("/v1/jobs:pause", "{\"all\":true,\"everyTenant\":true}"), 403, "forbidden");
        refused(tenant.post("/v1/jobs:pause", "{\"jobs\":[\"ours\"]}"), 404, "not_found");
        assertEquals(List.of("paused"), outcomes(tenant.post("/v1/jobs:pause", "{\"all\":true}")));
        refused(tenant.post("/v1/jobs/mine/trigger", ""), 409, "conflict");
        assertEquals(200, admin.post("/v1/jobs/ours/trigger", "").status());
    }

    @Test
    void whatIsMeantMustBeClear() {
        refused(admin.post("/v1/jobs:pause", "{}"), 422, "invalid");
        refused(admin.post("/v1/jobs:pause", "{\"all\":true,\"jobs\":[\"a\"]}"), 422, "invalid");
        refused(admin.post("/v1/jobs:pause", "{\"jobs\":[\"a\"],\"duration\":\"0s\"}"), 422, "invalid");
        refused(admin.post("/v1/jobs:pause", "{\"jobs\":[\"a\"],\"reason\":\"a\\nb\"}"), 422, "invalid");
        refused(admin.post("/v1/jobs:resume", "{\"jobs\":[\"a\"],\"catchUp\":\"some\"}"), 422, "invalid");
        refused(admin.post("/v1/jobs:resume", "{\"jobs\":[\"a\"],\"reason\":\"r\"}"), 422, "invalid");
    }

    @Test
    void anEditSaysWhatItChanges() {
        submit(admin, "{\"name\":\"e\",\"cron\":\"0 3 * * *\",\"noop\":true,\"labels\":{\"a\":\"1\",\"b\":\"2\"}}");
        EditView preview = admin.post("/v1/jobs/e/edit?dryRun=true", "{\"cron\":\"0 4 * * *\"}")
                .as(EditView.class);
        assertEquals("cron", preview.changed().getFirst().field());
        assertEquals("0 4 * * *", preview.changed().getFirst().after());
        assertTrue(preview.next().getFirst().at().endsWith("04:00:00.000Z"), preview.toString());
        assertEquals(1, job("e").generation(), "nothing changed");
        EditView edited = admin.post("/v1/jobs/e/edit?unset=labels.a", "{\"maxAttempts\":7,\"labels\":{\"c\":\"3\"}}")
                .as(EditView.class);
        assertEquals(2, edited.generation());
        assertEquals("{b=2, c=3}", job("e").labels().toString());
        assertEquals(7, job("e").maxAttempts());
        assertEquals(
                2,
                admin.post("/v1/jobs/e/edit", "{\"maxAttempts\":7}")
                        .as(EditView.class)
                        .generation(),
                "what changes nothing makes no generation");
    }

    @Test
    void editsThatCannotBe() {
        submit(admin, "{\"name\":\"e\",\"cron\":\"0 3 * * *\",\"noop\":true}");
        refused(admin.post("/v1/jobs/e/edit", "{\"name\":\"f\"}"), 422, "invalid");
        refused(admin.post("/v1/jobs/e/edit", "{\"at\":\"2036-01-01T00:00:00Z\"}"), 422, "invalid");
        refused(admin.post("/v1/jobs/e/edit", "{\"cron\":\"0 0 30 2 *\"}"), 422, "invalid");
        refused(admin.post("/v1/jobs/e/edit?unset=cron", "{}"), 422, "invalid");
        refused(admin.post("/v1/jobs/e/edit?unset=nonsense", "{}"), 422, "invalid");
        refused(admin.post("/v1/jobs/none/edit", "{\"maxAttempts\":2}"), 404, "not_found");
        assertEquals(1, job("e").generation());
    }

    @Test
    void aBackfillIsPreviewedBegunShownAndEnded() {
        submit(admin, "{\"name\":\"b\",\"cron\":\"*/5 * * * *\",\"noop\":true}");
        BackfillView preview = admin.post("/v1/jobs/b/backfill", "{\"from\":\"10h\",\"rate\":\"2/s\",\"dryRun\":true}")
                .as(BackfillView.class);
        assertEquals(120, preview.runs());
        assertEquals(59_500, preview.durationMs());
        assertNull(job("b").backfill());
        assertEquals(
                200, admin.post("/v1/jobs/b/backfill", "{\"from\":\"10h\"}").status());
        assertEquals(120, Objects.requireNonNull(job("b").backfill()).runs());
        refused(admin.post("/v1/jobs/b/backfill", "{\"from\":\"10h\"}"), 409, "conflict");
        assertEquals(
                "cancelled",
                admin.call("DELETE", "/v1/jobs/b/backfill", new byte[0])
                        .as(ActionResult.class)
                        .outcome());
        assertNull(job("b").backfill());
        refused(admin.post("/v1/jobs/b/backfill", "{\"from\":\"1h\",\"to\":\"2h\"}"), 422, "invalid");
        refused(admin.post("/v1/jobs/b/backfill", "{\"from\":\"1h\",\"rate\":\"0/s\"}"), 422, "invalid");
    }
}
