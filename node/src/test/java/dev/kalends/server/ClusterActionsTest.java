package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.kalends.api.ActionResult;
import dev.kalends.api.CheckView;
import dev.kalends.api.ChecksPage;
import dev.kalends.api.DeadAnswer;
import dev.kalends.api.Grant;
import dev.kalends.api.RedriveView;
import dev.kalends.lease.Standby;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.testing.FakeCluster;
import dev.kalends.testing.FakeRecord;
import dev.kalends.time.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators do through a node that leads nothing: two partitions, led by two others. */
final class ClusterActionsTest {
    private final List<ClusterNode> nodes = new ArrayList<>();
    private RawHttp admin;

    @BeforeEach
    void start() {
        ClusterNode.Shared shared = new ClusterNode.Shared(
                new FakeCluster(MonotonicClock.system(), 600_000),
                List.of(new FakeRecord(0), new FakeRecord(0)),
                new LocalRunQueue(),
                Standby.ALL);
        for (String id : List.of("a", "b", "c")) {
            nodes.add(new ClusterNode(id, shared));
        }
        nodes.get(0).lead(0);
        nodes.get(1).lead(1);
        admin = nodes.get(2).admin();
    }

    @AfterEach
    void stop() {
        nodes.forEach(ClusterNode::close);
    }

    private Hand hand() {
        return new Hand(admin, "w1");
    }

    /** Jobs enough to lie in both partitions, each with one run. */
    private List<Grant> granted(int count) {
        for (int i = 0; i < count; i++) {
            String job = "{\"name\":\"job-" + i + "\",\"manual\":true,\"noop\":true,\"maxAttempts\":1}";
            assertEquals(201, admin.post("/v1/jobs", job).status());
            assertEquals(200, admin.post("/v1/jobs/job-" + i + "/trigger", "").status());
        }
        return hand().claim(count);
    }

    private RedriveView view(String redrive) {
        return admin.get("/v1/dead/redrives/" + redrive).as(RedriveView.class);
    }

    @Test
    void aCanaryWorksOverAllPartitions() {
        granted(6).forEach(grant -> assertEquals("accepted", hand().report(grant, "failed", "boom", "")));
        ServedNode.until(() -> admin.get("/v1/runs?state=dead").text().split("\"state\":\"dead\"", -1).length == 7);
        RawHttp.Reply reply = admin.post("/v1/dead/redrive", "{\"all\":true,\"rate\":\"100/s\",\"canary\":true}");
        DeadAnswer answer = reply.as(DeadAnswer.class);
        assertEquals(6, answer.count(), reply.text());
        String redrive = Objects.requireNonNull(answer.redrive());
        for (Grant grant : hand().claim(1)) {
            hand().report(grant, "succeeded", "", "");
        }
        hand().claim(5).forEach(grant -> hand().report(grant, "succeeded", "", ""));
        ServedNode.until(() -> view(redrive).state().equals("done"));
        assertEquals(6, view(redrive).succeeded());
        assertEquals(
                404,
                nodes.getFirst().admin().get("/v1/dead/redrives/" + redrive).status(),
                "it belongs to the node that began it");
    }

    @Test
    void aLeaseIsReleasedThroughAnyNode() {
        for (Grant grant : granted(4)) {
            String path = "/v1/runs/" + grant.run() + "/lease?token=";
            assertEquals(
                    412,
                    admin.call("DELETE", path + (grant.token() + 1), new byte[0])
                            .status());
            RawHttp.Reply reply = admin.call("DELETE", path + grant.token(), new byte[0]);
            assertEquals(200, reply.status(), reply.text());
            assertEquals("releasing", reply.as(ActionResult.class).outcome());
        }
    }

    @Test
    void eachNodeIsAskedForItsOwnChecks() {
        ChecksPage page = admin.get("/v1/checks").as(ChecksPage.class);
        assertNotNull(page.asOf());
        assertEquals(3, page.items().size());
        assertEquals(
                List.of("ok"),
                page.items().stream().map(CheckView::verdict).distinct().toList());
        nodes.removeFirst().close();
        List<CheckView> items = admin.get("/v1/checks").as(ChecksPage.class).items();
        CheckView silent = items.stream()
                .filter(item -> item.check().equals("peer"))
                .findFirst()
                .orElseThrow();
        assertEquals("a fail", silent.node() + " " + silent.verdict());
    }
}
