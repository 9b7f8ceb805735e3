package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.DeadAnswer;
import dev.kalends.api.DeadPage;
import dev.kalends.api.Grant;
import dev.kalends.api.RedriveView;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A redrive that tries before it trusts: one, ten, all, over two partitions, and where it stops. */
final class CanaryTest {
    private ServedNode node;
    private RawHttp admin;
    private Hand hand;

    @BeforeEach
    void start() {
        node = new ServedNode(2);
        admin = node.admin();
        hand = new Hand(node, "w1");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** Jobs that died once each. */
    private void dead(int count) {
        for (int i = 0; i < count; i++) {
            String job = "{\"name\":\"job-" + i + "\",\"manual\":true,\"noop\":true,\"maxAttempts\":1}";
            assertEquals(201, admin.post("/v1/jobs", job).status());
            assertEquals(200, admin.post("/v1/jobs/job-" + i + "/trigger", "").status());
        }
        for (Grant grant : hand.claim(count)) {
            hand.report(grant, "failed", "boom", "");
        }
    }

    private String redrive() {
        RawHttp.Reply reply = admin.post("/v1/dead/redrive", "{\"all\":true,\"rate\":\"1000/s\",\"canary\":true}");
        assertEquals(200, reply.status(), reply.text());
        return Objects.requireNonNull(reply.as(DeadAnswer.class).redrive());
    }

    private RedriveView view(String redrive) {
        return admin.get("/v1/dead/redrives/" + redrive).as(RedriveView.class);
    }

    private int letters() {
        return admin.get("/v1/dead").as(DeadPage.class).items().size();
    }

    private void succeed(int count) {
        hand.claim(count).forEach(grant -> assertEquals("accepted", hand.report(grant, "succeeded", "", "")));
    }

    @Test
    void oneThenTenThenAll() {
        dead(14);
        String redrive = redrive();
        Grant first = hand.claimOne();
        assertEquals(2, first.series());
        RedriveView alone = view(redrive);
        assertEquals("first", alone.phase());
        assertEquals(13, letters(), "nobody else is reopened before the first has succeeded");
        hand.report(first, "succeeded", "", "");
        List<Grant> ten = hand.claim(10);
        ServedNode.until(() -> view(redrive).reopened() == 11);
        assertEquals("ten", view(redrive).phase());
        assertEquals(3, letters());
        ten.forEach(grant -> hand.report(grant, "succeeded", "", ""));
        succeed(3);
        ServedNode.until(() -> view(redrive).state().equals("done"));
        assertEquals(14, view(redrive).reopened());
        assertEquals(0, letters());
    }

    @Test
    void theFirstThatDiesAgainStopsIt() {
        dead(5);
        String redrive = redrive();
        Grant first = hand.claimOne();
        hand.report(first, "failed", "boom again", "");
        ServedNode.until(() -> view(redrive).state().equals("stopped"));
        RedriveView stopped = view(redrive);
        assertEquals(first.run(), stopped.run());
        assertEquals("a run died again: boom again", stopped.reason());
        assertEquals(4, stopped.left());
        assertEquals(5, letters());
        assertTrue(node.log.stream().anyMatch(line -> line.contains("what is left stays dead")), node.log.toString());
    }

    @Test
    void oneOfTenThatDiesAgainStopsIt() {
        dead(14);
        String redrive = redrive();
        succeed(1);
        List<Grant> ten = hand.claim(10);
        ServedNode.until(() -> view(redrive).reopened() == 11);
        hand.report(ten.get(4), "failed", "boom again", "");
        ServedNode.until(() -> view(redrive).state().equals("stopped"));
        assertEquals(3, view(redrive).left());
        assertEquals(4, letters(), "the three that were never tried, and the one that died again");
    }

    @Test
    void aCanaryThatIsCancelledProvesNothingAndAnotherTakesItsTurn() {
        dead(3);
        String redrive = redrive();
        Grant first = hand.claimOne();
        assertEquals(
                200,
                admin.call("DELETE", "/v1/runs/" + first.run() + "?running=true", new byte[0])
                        .status());
        hand.report(first, "cancelled", "stopped", "");
        Grant second = hand.claimOne();
        assertEquals("first", view(redrive).phase());
        hand.report(second, "succeeded", "", "");
        succeed(1);
        ServedNode.until(() -> view(redrive).state().equals("done"));
    }

    @Test
    void fewRunsAreAllCanariesAndAreWaitedFor() {
        dead(2);
        String redrive = redrive();
        succeed(1);
        Grant last = hand.claimOne();
        ServedNode.until(() -> view(redrive).reopened() == 2);
        assertEquals("running", view(redrive).state());
        hand.report(last, "succeeded", "", "");
        ServedNode.until(() -> view(redrive).state().equals("done"));
        assertEquals(2, view(redrive).succeeded());
    }

    @Test
    void theSameRequestIsTheSameRedriveAndStrangersSeeNone() {
        dead(1);
        RawHttp again = admin.with("X-Kalends-Request-Id", "r-1");
        String body = "{\"all\":true,\"canary\":true}";
        String first = Objects.requireNonNull(
                again.post("/v1/dead/redrive", body).as(DeadAnswer.class).redrive());
        assertNotNull(view(first));
        succeed(1);
        ServedNode.until(() -> view(first).state().equals("done"));
        assertEquals(
                404,
                node.as(ServedNode.TENANT_A).get("/v1/dead/redrives/" + first).status());
        assertEquals(404, admin.get("/v1/dead/redrives/0").status());
        assertEquals(422, admin.post("/v1/dead/discard", body).status());
    }

    @Test
    void oneThatFoundNoRoomBeginsWhenItIsAskedForAgain() {
        dead(20);
        for (int i = 1; i <= 16; i++) {
            int left = 20 - i;
            assertEquals(
                    200,
                    admin.post("/v1/dead/redrive", "{\"all\":true,\"rate\":\"1/h\"}")
                            .status());
            ServedNode.until(() -> letters() == left);
        }
        RawHttp again = admin.with(Request.REQUEST_ID, "one");
        for (int i = 0; i < 2; i++) {
            RawHttp.Reply refused = again.post("/v1/dead/redrive", "{\"all\":true,\"canary\":true}");
            assertEquals(429, refused.status(), refused.text());
        }
    }
}
