package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.DeadAnswer;
import dev.kalends.api.DeadPage;
import dev.kalends.api.Grant;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters: grouped, chosen, redriven at a pace, discarded. */
final class DeadTest {
    private ServedNode node;
    private RawHttp admin;
    private Hand hand;

    @BeforeEach
    void start() {
        node = new ServedNode();
        admin = node.admin();
        hand = new Hand(node, "w1");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void die(String job, String error) {
        admin.post("/v1/jobs", "{\"name\":\"" + job + "\",\"manual\":true,\"noop\":true,\"maxAttempts\":1}");
        admin.post("/v1/jobs/" + job.replace("/", "%2F") + "/trigger", "");
        hand.report(hand.claimOne(), "failed", error, "");
    }

    private DeadPage dead(String query) {
        RawHttp.Reply reply = admin.get("/v1/dead" + query);
        assertEquals(200, reply.status(), reply.text());
        return reply.as(DeadPage.class);
    }

    @Test
    void groupsByFingerprint() {
        die("billing/a", "HTTP 503 from 10.0.0.1");
        die("billing/b", "HTTP 503 from 10.0.0.2");
        die("c", "exit 1: no such file /tmp/x");
        DeadPage page = dead("");
        assertEquals(2, page.groups().size());
        assertEquals(2, page.groups().getFirst().count());
        assertEquals(List.of("billing/a", "billing/b"), page.groups().getFirst().jobs());
        assertEquals(
                List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 2L),
                page.groups().getFirst().lastHour());
        assertEquals(3, page.items().size());
        assertEquals(2, dead("?job=billing%2F*").items().size());
        assertEquals(1, dead("?error=no+such").items().size());
        assertEquals(
                2,
                dead("?fingerprint=" + page.groups().getFirst().fingerprint())
                        .items()
                        .size());
        assertEquals(3, dead("?since=1h").items().size());
        DeadPage first = dead("?limit=2");
        assertEquals(2, first.items().size());
        assertEquals(1, dead("?limit=2&after=" + first.next()).items().size());
    }

    @Test
    void changesNothingWhenOnlyAsked() {
        die("a", "x");
        DeadAnswer answer = admin.post("/v1/dead/redrive", "{\"all\":true,\"rate\":\"5/s\",\"dryRun\":true}")
                .as(DeadAnswer.class);
        assertEquals(1, answer.count());
        assertEquals(5.0, answer.ratePerSec());
        assertEquals(1, dead("").items().size());
    }

    @Test
    void refusesWhatNamesNothing() {
        assertEquals(422, admin.post("/v1/dead/redrive", "{}").status());
        assertEquals(422, admin.post("/v1/dead/discard", "{\"since\":\"1h\"}").status());
        assertEquals(
                422,
                admin.post("/v1/dead/redrive", "{\"all\":true,\"rate\":\"fast\"}")
                        .status());
        assertEquals(422, admin.get("/v1/dead?error=%28").status());
    }

    @Test
    void redrivesEvenWhenRunsOfOneJobMustWaitForEachOther() {
        die("a", "x");
        die("a", "x");
        DeadAnswer answer = admin.post("/v1/dead/redrive", "{\"job\":\"a\",\"rate\":\"1000/s\"}")
                .as(DeadAnswer.class);
        assertEquals(2, answer.count());
        for (int i = 0; i < 2; i++) {
            Grant grant = hand.claimOne();
            assertEquals(2, grant.series());
            assertEquals("accepted", hand.report(grant, "succeeded", "", ""));
        }
        assertEquals(0, dead("").items().size());
        List<RunView> runs =
                admin.get("/v1/runs?job=a&state=succeeded").as(RunPage.class).items();
        assertEquals(2, runs.size());
    }

    @Test
    void discards() {
        die("a", "x");
        die("b", "y");
        String run = dead("?job=a").items().getFirst().run().id();
        DeadAnswer answer =
                admin.post("/v1/dead/discard", "{\"runs\":[\"" + run + "\"]}").as(DeadAnswer.class);
        assertEquals(1, answer.count());
        assertEquals(
                List.of("b"),
                dead("").items().stream().map(item -> item.run().jobName()).toList());
    }

    @Test
    void readsRates() {
        assertEquals(5.0, RedrivePacer.rate("5/s"));
        assertEquals(0.5, RedrivePacer.rate("30/m"));
        assertEquals(2.5, RedrivePacer.rate("2.5"));
        assertEquals(RedrivePacer.RATE_DEFAULT, RedrivePacer.rate(null));
        for (String wrong : List.of("", "/s", "0", "-1/s", "1/y", "1e9", "99999/s", ".", "1.2.3")) {
            assertThrows(ApiException.class, () -> RedrivePacer.rate(wrong), wrong);
        }
    }

    @Test
    void noExpressionHoldsAThread() {
        String error = "a".repeat(1_000) + "!";
        ApiException refused = assertThrows(
                ApiException.class,
                () -> BoundedMatcher.of("error", "(a+)+(a+)+(a+)+$").test(error));
        assertTrue(refused.message().contains("costs too much"), refused.message());
        assertTrue(BoundedMatcher.of("error", "HTTP 5..").test("got HTTP 503"));
        assertThrows(ApiException.class, () -> BoundedMatcher.of("error", "x".repeat(201)));
    }
}
