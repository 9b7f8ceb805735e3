package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.Grant;
import dev.kalends.api.Json;
import dev.kalends.api.LeaseName;
import dev.kalends.api.OutputView;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.job.RunId;
import dev.kalends.runtime.Meters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker protocol: claims that park, heartbeats with output, forged and stale reports. */
final class WorkerProtocolTest {
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

    private Grant leased(String name) {
        admin.post(
                "/v1/jobs",
                "{\"name\":\"" + name + "\",\"manual\":true,\"command\":[\"x\"],\"stdin\":\"in\","
                        + "\"env\":{\"A\":\"b\"},\"timeout\":\"1m\"}");
        admin.post("/v1/jobs/" + name + "/trigger", "");
        return new Hand(node, "w1").claimOne();
    }

    private RenewAnswer renew(String worker, RenewRequest.Held held) {
        RawHttp.Reply reply = admin.call(
                "POST",
                "/v1/worker/renew",
                Json.writeRequest(new RenewRequest(ClaimRequest.PROTOCOL, worker, List.of(held), null)));
        assertEquals(200, reply.status(), reply.text());
        return reply.as(RenewAnswer.class);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNewLeaderAsksTheWorkerForALeaseThatItFinds() {
        Grant grant = leased("m");
        node.coordination.release(0);
        ServedNode.until(() -> !node.health.ready());
        node.coordination.tryOwn(0);
        ServedNode.until(() -> node.health.ready());
        RawHttp.Reply reply = admin.call(
                "POST",
                "/v1/worker/claim",
                Json.writeRequest(new ClaimRequest(
                        ClaimRequest.PROTOCOL, "w1", List.of("default"), 1, 8, 5_000, "0.1.0", "direct")));
        assertEquals(
                List.of(new LeaseName(grant.run(), grant.token())),
                reply.as(ClaimAnswer.class).doubted());
    }

    @Test
    void aGrantThatWasLostOnItsWayIsGivenOutAgain() {
        Grant lost = leased("m");
        RawHttp.Reply reply = admin.call(
                "POST",
                "/v1/worker/renew",
                Json.writeRequest(new RenewRequest(
                        ClaimRequest.PROTOCOL, "w1", List.of(), List.of(new LeaseName(lost.run(), lost.token())))));
        assertEquals(200, reply.status(), reply.text());
        Grant again = new Hand(node, "w2").claimOne();
        assertEquals(lost.run(), again.run());
        assertEquals(1, again.attempt());
    }

    @Test
    void aGrantSaysAllThatIsToBeDone() {
        Grant grant = leased("m");
        assertEquals(List.of("x"), grant.command());
        assertEquals("in", grant.stdin());
        assertEquals(
                "b", String.valueOf(grant.env() == null ? null : grant.env().get("A")));
        assertEquals(60_000L, grant.timeoutMs());
        assertEquals(1, grant.attempt());
    }

    @Test
    void aParkedClaimIsServedByTheNextRun() throws Exception {
        CompletableFuture<Grant> claim = CompletableFuture.supplyAsync(() -> new Hand(node, "w1").claimOne());
        ServedNode.until(
                () -> node.services.partitions().all().getFirst().status().parked() == 1);
        admin.post("/v1/jobs", "{\"name\":\"m\",\"in\":\"0s\",\"noop\":true}");
        assertTrue(claim.get(20, TimeUnit.SECONDS).run().contains("@"));
    }

    @Test
    void aClaimOfSeveralPartitionsHearsOfWorkInEach() throws Exception {
        try (ServedNode several = new ServedNode(4)) {
            Set<Integer> partitions = new TreeSet<>();
            for (int i = 0; partitions.size() < 4; i++) {
                CompletableFuture<Grant> claim = CompletableFuture.supplyAsync(() -> new Hand(several, "w").claimOne());
                several.admin().post("/v1/jobs", "{\"name\":\"j" + i + "\",\"in\":\"50ms\",\"noop\":true}");
                Grant grant = claim.get(4, TimeUnit.SECONDS);
                partitions.add(RunId.parse(grant.run()).orElseThrow().job().partition());
                new Hand(several, "w").report(grant, "succeeded", "", "");
            }
            long started = several.services.meters().total(Meters.Counter.STARTED);
            assertTrue(started >= 4, "started=" + started);
        }
    }

    @Test
    void aParkedClaimCanBeTakenBack() throws Exception {
        ClaimRequest request =
                new ClaimRequest(ClaimRequest.PROTOCOL, "own", List.of("default"), 1, 1, 30_000, "0.1.0", "direct");
        InProcessLink link = new InProcessLink(node.worker);
        CompletableFuture<ClaimAnswer> claim = CompletableFuture.supplyAsync(() -> link.claim(request));
        ServedNode.until(
                () -> node.services.partitions().all().getFirst().status().parked() == 1);
        link.unpark("own");
        assertEquals(0, claim.get(20, TimeUnit.SECONDS).grants().size());
    }

    @Test
    void aHeartbeatBringsOutputAndHearsOfACancel() {
        Grant grant = leased("m");
        renew("w1", new RenewRequest.Held(grant.run(), grant.token(), 1L, 0, base64("ab")));
        renew("w1", new RenewRequest.Held(grant.run(), grant.token(), 1L, 2, base64("cd")));
        OutputView output = admin.get("/v1/runs/" + grant.run() + "/output").as(OutputView.class);
        assertEquals("abcd", output.text());
        assertEquals(false, output.done());
        admin.call("DELETE", "/v1/runs/" + grant.run() + "?running=true", new byte[0]);
        RenewAnswer answer = renew("w1", new RenewRequest.Held(grant.run(), grant.token(), 1L, 4, null));
        assertEquals(List.of(grant.run()), answer.cancel());
    }

    @Test
    void outputUnderAForeignTokenIsDropped() {
        Grant grant = leased("m");
        RenewAnswer answer =
                renew("w2", new RenewRequest.Held(grant.run(), grant.token() + 1, 1L, 0, base64("forged")));
        assertEquals(List.of(grant.run()), answer.lost());
        assertEquals(
                "",
                admin.get("/v1/runs/" + grant.run() + "/output")
                        .as(OutputView.class)
                        .text());
        renew("w1", new RenewRequest.Held(grant.run(), grant.token(), 1L, 0, "*** no base64 ***"));
        assertEquals(
                "",
                admin.get("/v1/runs/" + grant.run() + "/output")
                        .as(OutputView.class)
                        .text());
    }

    @Test
    void aForgedReportChangesNothingAndItsOutputIsDropped() {
        Grant grant = leased("m");
        Grant forged = new Grant(
                grant.run(),
                grant.series(),
                grant.attempt(),
                grant.token() + 7,
                grant.nominalAt(),
                grant.tenant(),
                grant.kind(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        assertTrue(
                new Hand(node, "w2").report(forged, "succeeded", "", "forged").startsWith("rejected: "));
        assertEquals(
                "",
                admin.get("/v1/runs/" + grant.run() + "/output")
                        .as(OutputView.class)
                        .text());
        assertTrue(admin.get("/v1/events?from=0").text().contains("run.rejected_report"));
        assertEquals("accepted", new Hand(node, "w1").report(grant, "succeeded", "", "mine"));
    }

    @Test
    void errorsAreOneBoundedPlainLine() {
        Grant grant = leased("m");
        String hostile = "exit 1\n\u001b[31m\u202e" + "x".repeat(5_000);
        new Hand(node, "w1").report(grant, "failed", hostile, "");
        String shown = admin.get("/v1/runs/" + grant.run()).text();
        assertTrue(shown.contains("exit 1  [31m xxx"), shown.substring(0, 400));
        assertTrue(!shown.contains("\u202e") && !shown.contains("\\u001b"), "not plain");
        assertTrue(!shown.contains("x".repeat(1_025)), "not bounded");
    }

    @Test
    void anotherProtocolIsRefused() {
        RawHttp.Reply reply = admin.post(
                "/v1/worker/claim",
                "{\"protocol\":2,\"worker\":\"w\",\"queues\":[\"default\"],\"free\":1,\"slots\":1,\"waitMs\":0,"
                        + "\"version\":\"9\",\"isolation\":\"direct\"}");
        assertEquals(422, reply.status());
        assertTrue(reply.text().contains("protocol=2"));
    }
}
