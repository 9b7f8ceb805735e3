package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ActionResult;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.Grant;
import dev.kalends.api.JobPage;
import dev.kalends.api.JobView;
import dev.kalends.api.OutputView;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.api.StatsView;
import dev.kalends.api.SubmitResult;
import dev.kalends.api.TenantPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs and runs through the door: submitted, found, changed, shown, kept apart by tenant. */
final class JobsTest {
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

    private SubmitResult submit(RawHttp client, String json) {
        RawHttp.Reply reply = client.post("/v1/jobs", json);
        assertTrue(reply.status() == 201 || reply.status() == 200, reply.text());
        return reply.as(SubmitResult.class);
    }

    private static ErrorBody.Detail refused(RawHttp.Reply reply, int status, String code) {
        assertEquals(status, reply.status(), reply.text());
        ErrorBody.Detail detail = reply.as(ErrorBody.class).error();
        assertEquals(code, detail.code());
        return detail;
    }

    private static String manual(String name) {
        return "{\"name\":\"" + name + "\",\"manual\":true,\"noop\":true}";
    }

    @Test
    void submitsAndShows() {
        SubmitResult result = submit(
                admin,
                "{\"name\":\"billing/close\",\"cron\":\"0 3 1 * *\",\"tz\":\"Europe/Berlin\","
                        + "\"command\":[\"/bin/true\"],\"labels\":{\"team\":\"a\"},\"timeout\":\"5m\","
                        + "\"backoff\":\"1s..2m\",\"priority\":\"high\"}");
        JobView view = admin.get("/v1/jobs/billing%2Fclose").as(JobView.class);
        assertEquals(result.id(), view.id());
        assertEquals("scheduled", view.state());
        assertEquals("cron", view.schedule().type());
        assertEquals("0 3 1 * *", view.schedule().cron());
        assertEquals("Europe/Berlin", view.schedule().tz());
        assertEquals(List.of("/bin/true"), view.command());
        assertEquals(300_000L, view.timeoutMs());
        assertEquals("high", view.priority());
        assertEquals(result.nextFireAt(), view.nextFireAt());
        assertEquals(3, Objects.requireNonNull(view.nextFires()).size());
        assertEquals(
                view.id(), admin.get("/v1/jobs/" + view.id()).as(JobView.class).id());
        assertEquals(
                view.id(),
                admin.get("/v1/jobs/" + view.id().substring(0, 6))
                        .as(JobView.class)
                        .id());
    }

    @Test
    void theSameRequestIdIsTheSameAnswer() {
        RawHttp client = admin.with("X-Kalends-Request-Id", "r-1");
        SubmitResult first = submit(client, manual("once"));
        SubmitResult again = submit(client, manual("once"));
        assertEquals(first.id(), again.id());
        refused(admin.post("/v1/jobs", manual("once")), 409, "conflict");
        refused(admin.with("X-Kalends-Request-Id", "x".repeat(101)).post("/v1/jobs", manual("n")), 422, "invalid");
    }

    @Test
    void oneRequestIdOfTwoTenantsIsTwoRequests() {
        SubmitResult a = submit(
                node.as(ServedNode.TENANT_A).with("X-Kalends-Request-Id", "same"), "{\"manual\":true,\"noop\":true}");
        SubmitResult b = submit(
                node.as(ServedNode.TENANT_B).with("X-Kalends-Request-Id", "same"), "{\"manual\":true,\"noop\":true}");
        assertNotEquals(a.id(), b.id());
    }

    @Test
    void aKeyMakesASubmitRepeatableWhateverItsBlanksAndOrder() {
        SubmitResult first =
                submit(admin, "{\"key\":\"k\",\"in\":\"1h\",\"noop\":true,\"labels\":{\"a\":\"1\",\"b\":\"2\"}}");
        SubmitResult again =
                submit(admin, "{ \"labels\":{\"b\":\"2\",\"a\":\"1\"}, \"noop\":true, \"in\":\"1h\", \"key\":\"k\" }");
        assertEquals(first.id(), again.id());
        assertEquals(false, again.created());
        refused(admin.post("/v1/jobs", "{\"key\":\"k\",\"in\":\"2h\",\"noop\":true}"), 409, "conflict");
    }

    @Test
    void aTypoIsAnsweredWithAGuess() {
        submit(admin, manual("billing/ledger-sync"));
        ErrorBody.Detail detail = refused(admin.get("/v1/jobs/biling%2Fledger-sync"), 404, "not_found");
        assertEquals("no job \"biling/ledger-sync\" in tenant default", detail.message());
        assertTrue(
                Objects.requireNonNull(detail.hint()).startsWith("did you mean billing/ledger-sync?"), detail.hint());
        assertFalse(Objects.requireNonNull(
                        refused(admin.get("/v1/jobs/zzz"), 404, "not_found").hint())
                .contains("mean"));
    }

    @Test
    void changesRefuseTheBeginningOfAnId() {
        String id = Objects.requireNonNull(
                submit(admin, "{\"manual\":true,\"noop\":true}").id());
        refused(admin.call("DELETE", "/v1/jobs/" + id.substring(0, 8), new byte[0]), 422, "invalid");
        refused(admin.post("/v1/jobs/" + id.substring(0, 8) + "/trigger", ""), 422, "invalid");
        assertEquals("active", admin.get("/v1/jobs/" + id).as(JobView.class).state());
    }

    @Test
    void aRevisionThatPassedIsRefused() {
        submit(admin, manual("m"));
        String tag = Objects.requireNonNull(admin.get("/v1/jobs/m").headers().get("etag"));
        assertEquals(
                200, admin.with("If-Match", tag).post("/v1/jobs/m/trigger", "").status());
        refused(admin.with("If-Match", tag).call("DELETE", "/v1/jobs/m", new byte[0]), 412, "conflict");
        refused(admin.with("If-Match", "x").call("DELETE", "/v1/jobs/m", new byte[0]), 422, "invalid");
        String now = Objects.requireNonNull(admin.get("/v1/jobs/m").headers().get("etag"));
        assertEquals(
                200,
                admin.with("If-Match", now)
                        .call("DELETE", "/v1/jobs/m", new byte[0])
                        .status());
        assertEquals("cancelled", admin.get("/v1/jobs/m").as(JobView.class).state());
    }

    @Test
    void aRunIsTriggeredExecutedAndShown() {
        submit(admin, "{\"name\":\"m\",\"manual\":true,\"command\":[\"x\"]}");
        ActionResult triggered = admin.post("/v1/jobs/m/trigger", "").as(ActionResult.class);
        String run = Objects.requireNonNull(triggered.runs()).getFirst();
        Hand hand = new Hand(node, "w1");
        Grant grant = hand.claimOne();
        assertEquals(run, grant.run());
        RunPage leased = admin.get("/v1/leases/runs").as(RunPage.class);
        assertEquals(run, leased.items().getFirst().id());
        assertTrue(Objects.requireNonNull(
                        Objects.requireNonNull(leased.items().getFirst().lease())
                                .leftMs())
                > 0);
        refused(admin.post("/v1/jobs/m/trigger", ""), 409, "conflict");
        assertEquals("accepted", hand.report(grant, "succeeded", "", "salve\n"));
        assertEquals("repeated", hand.report(grant, "succeeded", "", "salve\n"));
        RunView view = admin.get("/v1/runs/m@latest").as(RunView.class);
        assertEquals("succeeded", view.state());
        assertEquals("salve\n", Objects.requireNonNull(view.output()).text());
        assertEquals("w1", Objects.requireNonNull(view.attempts()).getFirst().worker());
        OutputView output = admin.get("/v1/runs/" + run + "/output?attempt=1").as(OutputView.class);
        assertEquals("salve\n", output.text());
        assertTrue(output.done());
        assertEquals(
                run,
                admin.get("/v1/runs?job=m&state=succeeded")
                        .as(RunPage.class)
                        .items()
                        .getFirst()
                        .id());
        assertEquals(
                0, admin.get("/v1/runs?job=other*").as(RunPage.class).items().size());
        assertEquals(1, admin.get("/v1/runs?job=m*").as(RunPage.class).items().size());
        refused(admin.get("/v1/runs/m@20200101T000000Z"), 404, "not_found");
        refused(admin.get("/v1/runs/m@soon"), 422, "invalid");
        refused(admin.get("/v1/runs/m"), 422, "invalid");
        assertNull(admin.get("/v1/jobs?name=m")
                .as(JobPage.class)
                .items()
                .getFirst()
                .openRuns());
    }

    @Test
    void aTenantSeesNothingOfAnother() {
        RawHttp a = node.as(ServedNode.TENANT_A);
        RawHttp b = node.as(ServedNode.TENANT_B);
        String id = Objects.requireNonNull(submit(a, manual("secret")).id());
        String run = Objects.requireNonNull(a.post("/v1/jobs/secret/trigger", "")
                        .as(ActionResult.class)
                        .runs())
                .getFirst();
        for (String target : List.of("/v1/jobs/secret", "/v1/jobs/" + id, "/v1/jobs/" + id.substring(0, 6))) {
            refused(b.get(target), 404, "not_found");
        }
        for (String target : List.of("/v1/runs/" + run, "/v1/runs/" + run + "/output", "/v1/runs/" + run + "/wait")) {
            refused(b.get(target), 404, "not_found");
        }
        refused(b.call("DELETE", "/v1/jobs/" + id, new byte[0]), 404, "not_found");
        refused(b.post("/v1/runs/" + run + "/rerun", ""), 404, "not_found");
        refused(b.post("/v1/dead/redrive", "{\"runs\":[\"" + run + "\"]}"), 404, "not_found");
        assertEquals(0, b.get("/v1/jobs").as(JobPage.class).items().size());
        assertEquals(0, b.get("/v1/runs").as(RunPage.class).items().size());
        assertEquals(0, b.get("/v1/leases/runs").as(RunPage.class).items().size());
        assertFalse(b.get("/v1/events").text().contains("secret"));
        assertTrue(a.get("/v1/events").text().contains("secret"));
        assertEquals(0L, b.get("/v1/stats").as(StatsView.class).jobs().get("waiting"));
        assertEquals(1L, a.get("/v1/stats").as(StatsView.class).jobs().get("waiting"));
        assertFalse(b.get("/v1/tenants").as(TenantPage.class).items().stream()
                .anyMatch(tenant -> tenant.name().equals("a")));
        refused(b.with("X-Kalends-Tenant", "a").get("/v1/jobs"), 403, "forbidden");
        refused(b.with("X-Kalends-Tenant", "*").get("/v1/jobs"), 403, "forbidden");
        refused(b.post("/v1/jobs", "{\"tenant\":\"a\",\"manual\":true,\"noop\":true}"), 403, "forbidden");
    }

    @Test
    void theAdminActsForAnyTenantButChangesOneAtATime() {
        submit(admin.with("X-Kalends-Tenant", "a"), manual("x"));
        submit(admin, "{\"tenant\":\"b\",\"name\":\"x\",\"manual\":true,\"noop\":true}");
        RawHttp all = admin.with("X-Kalends-Tenant", "*");
        assertEquals(2, all.get("/v1/jobs").as(JobPage.class).items().size());
        assertEquals(0, admin.get("/v1/jobs").as(JobPage.class).items().size());
        refused(all.post("/v1/jobs", manual("y")), 422, "invalid");
        refused(admin.with("X-Kalends-Tenant", "a b").get("/v1/jobs"), 422, "invalid");
    }

    @Test
    void listsPageByPageWithoutLossOrRepetition() {
        for (int i = 0; i < 25; i++) {
            submit(admin, manual("j/" + (char) ('a' + i)));
        }
        submit(admin, "{\"in\":\"1h\",\"noop\":true,\"labels\":{\"team\":\"x\"},\"queue\":\"q\"}");
        for (String filter : List.of("", "name=j%2F*&")) {
            List<String> ids = new ArrayList<>();
            String after = "";
            do {
                JobPage page =
                        admin.get("/v1/jobs?" + filter + "limit=4" + after).as(JobPage.class);
                page.items().forEach(item -> ids.add(item.id()));
                after = page.next() == null ? "" : "&after=" + page.next().replace("/", "%2F");
            } while (!after.isEmpty());
            assertEquals(filter.isEmpty() ? 26 : 25, ids.size(), filter);
            assertEquals(ids.size(), new TreeSet<>(ids).size(), "repeated");
        }
        assertEquals(
                1,
                admin.get("/v1/jobs?label=team%3Dx").as(JobPage.class).items().size());
        assertEquals(
                1, admin.get("/v1/jobs?dueBefore=2h").as(JobPage.class).items().size());
        assertEquals(
                0, admin.get("/v1/jobs?dueBefore=30m").as(JobPage.class).items().size());
        assertEquals(
                25, admin.get("/v1/jobs?state=active").as(JobPage.class).items().size());
        assertEquals(
                List.of("j/b"),
                admin.get("/v1/jobs?name=%3F%2Fb").as(JobPage.class).items().stream()
                        .map(JobView::name)
                        .toList());
        refused(admin.get("/v1/jobs?after=zzz"), 422, "invalid");
        refused(admin.get("/v1/jobs?state=sad"), 422, "invalid");
        refused(admin.get("/v1/runs?after=zzz"), 422, "invalid");
    }

    @Test
    void aDryRunChangesNothing() {
        SubmitResult result = admin.post("/v1/jobs?dryRun=true", "{\"name\":\"n\",\"every\":\"1h\",\"noop\":true}")
                .as(SubmitResult.class);
        assertNull(result.id());
        assertFalse(Objects.requireNonNull(result.nextFireAt()).isEmpty());
        refused(admin.get("/v1/jobs/n"), 404, "not_found");
    }
}
