package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ActionPage;
import dev.kalends.api.ActionResult;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.Grant;
import dev.kalends.api.Json;
import dev.kalends.api.LeaseView;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.RunView;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lease is taken back through the door, and nothing is changed that is not as it was seen. */
final class ReleaseRouteTest {
    private ServedNode node;
    private RawHttp admin;
    private Hand hand;

    @BeforeEach
    void start() {
        node = new ServedNode(2);
        admin = node.admin();
        hand = new Hand(node, "w1");
        assertEquals(201, admin.post("/v1/jobs", manual("m")).status());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static String manual(String name) {
        return "{\"name\":\"" + name + "\",\"manual\":true,\"noop\":true,\"maxAttempts\":1}";
    }

    private Grant granted() {
        assertEquals(200, admin.post("/v1/jobs/m/trigger", "").status());
        return hand.claimOne();
    }

    private static String refused(RawHttp.Reply reply) {
        assertEquals(412, reply.status(), reply.text());
        ErrorBody.Detail detail = reply.as(ErrorBody.class).error();
        assertEquals("conflict", detail.code());
        return detail.message();
    }

    private RawHttp.Reply delete(RawHttp client, String path) {
        return client.call("DELETE", path, new byte[0]);
    }

    private RenewAnswer renew(Grant grant) {
        RenewRequest request = new RenewRequest(
                1, "w1", List.of(new RenewRequest.Held(grant.run(), grant.token(), null, 0, null)), null);
        return admin.call("POST", "/v1/worker/renew", Json.writeRequest(request))
                .as(RenewAnswer.class);
    }

    private LeaseView lease(Grant grant) {
        return Objects.requireNonNull(
                admin.get("/v1/runs/" + grant.run()).as(RunView.class).lease());
    }

    @Test
    void theWorkerIsToldAndTheLeaseRunsOut() {
        Grant grant = granted();
        assertNull(lease(grant).released());
        RawHttp.Reply reply = delete(admin, "/v1/runs/m@latest/lease?token=" + grant.token());
        assertEquals(200, reply.status(), reply.text());
        assertEquals("releasing", reply.as(ActionResult.class).outcome());
        assertEquals(true, lease(grant).released());
        long leftMs = Objects.requireNonNull(lease(grant).leftMs());
        RenewAnswer answer = renew(grant);
        assertEquals(List.of(grant.run()), answer.lost());
        assertTrue(Objects.requireNonNull(lease(grant).leftMs()) <= leftMs, "a renewal prolongs it no more");
    }

    @Test
    void anotherTokenIsRefusedByQueryAndByHeader() {
        Grant grant = granted();
        String path = "/v1/runs/" + grant.run() + "/lease";
        assertTrue(
                refused(delete(admin, path + "?token=" + (grant.token() + 1))).contains("another lease"));
        refused(delete(admin.with("If-Match", "\"" + (grant.token() + 1) + "\""), path));
        assertEquals(List.of(), renew(grant).lost());
        assertEquals(
                200,
                delete(admin.with("If-Match", "\"" + grant.token() + "\""), path)
                        .status());
        assertEquals(List.of(grant.run()), renew(grant).lost());
    }

    @Test
    void whatNobodyHoldsIsAConflictAndReadersMayNot() {
        Grant grant = granted();
        assertEquals(
                403,
                delete(node.as(ServedNode.READER), "/v1/runs/m@latest/lease").status());
        assertEquals("accepted", hand.report(grant, "succeeded", "", ""));
        assertEquals(409, delete(admin, "/v1/runs/m@latest/lease").status());
        assertEquals(404, delete(admin, "/v1/runs/none@latest/lease").status());
    }

    @Test
    void aRunThatWasRedrivenSinceIsLeftAlone() {
        Grant grant = granted();
        hand.report(grant, "failed", "boom", "");
        RunView dead = admin.get("/v1/runs/" + grant.run()).as(RunView.class);
        assertEquals("dead", dead.state());
        assertEquals(1, dead.series());
        assertEquals(200, admin.post("/v1/runs/m@latest/rerun?series=1", "").status());
        refused(delete(admin, "/v1/runs/m@latest?running=true&series=1"));
        refused(admin.post("/v1/runs/m@latest/rerun?series=1", ""));
        assertEquals(200, delete(admin, "/v1/runs/m@latest?series=2").status());
    }

    @Test
    void aJobThatWasEditedSinceIsLeftAlone() {
        assertEquals(200, admin.post("/v1/jobs/m/trigger?generation=1", "").status());
        assertEquals(
                200, admin.post("/v1/jobs/m/edit", "{\"priority\":\"high\"}").status());
        refused(admin.post("/v1/jobs/m/trigger?generation=1", ""));
        refused(delete(admin, "/v1/jobs/m?generation=1"));
        refused(admin.post("/v1/jobs:pause", "{\"jobs\":[\"m\"],\"generations\":[1]}"));
        RawHttp.Reply reply = admin.post("/v1/jobs:pause", "{\"jobs\":[\"m\"],\"generations\":[2]}");
        assertEquals("paused", reply.as(ActionPage.class).items().getFirst().outcome());
        assertEquals(
                422,
                admin.post("/v1/jobs:pause", "{\"jobs\":[\"m\"],\"generations\":[2,2]}")
                        .status());
    }
}
