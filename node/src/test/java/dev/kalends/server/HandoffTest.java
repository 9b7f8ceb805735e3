package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.DeedPage;
import dev.kalends.api.DeedView;
import dev.kalends.api.HandoffView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a shift report says of a served node: what failed, what became of it, and who did what. */
final class HandoffTest {
    private static List<String> deeds(RawHttp http) {
        return http.get("/v1/audit?since=1h").as(DeedPage.class).items().stream()
                .map(HandoffTest::line)
                .toList();
    }

    private static String line(DeedView deed) {
        return deed.who() + " " + deed.verb() + " " + deed.subject()
                + (deed.detail() == null ? "" : " (" + deed.detail() + ")");
    }

    private static void die(ServedNode node, String name, String error) {
        node.admin().post("/v1/jobs", "{\"name\":\"" + name + "\",\"in\":\"0s\",\"noop\":true,\"maxAttempts\":1}");
        Hand hand = new Hand(node, "w1");
        hand.report(hand.claimOne(), "failed", error, "");
    }

    @Test
    void whoDidWhatIsOnRecordAndSurvivesARestartOfTheStore() {
        try (ServedNode node = new ServedNode(2)) {
            RawHttp alice = node.admin().with("X-Kalends-Actor", "alice@desk1");
            RawHttp tenant = node.as(ServedNode.TENANT_A).with("X-Kalends-Actor", "bob@desk2");
            alice.post("/v1/jobs", "{\"name\":\"m\",\"manual\":true,\"noop\":true}");
            alice.post("/v1/jobs:pause", "{\"jobs\":[\"m\"],\"duration\":\"2h\",\"reason\":\"disk full\"}");
            alice.post("/v1/jobs:resume", "{\"jobs\":[\"m\"]}");
            alice.post("/v1/jobs/m/trigger", "");
            alice.post("/v1/jobs/m/edit", "{\"priority\":\"high\"}");
            alice.post("/v1/jobs/m/edit?dryRun=true", "{\"priority\":\"low\"}");
            alice.call("DELETE", "/v1/jobs/m", new byte[0]);
            // Partitions keep books of their own: of two deeds in one millisecond neither is the first.
            long cancelledMs = System.currentTimeMillis();
            ServedNode.until(() -> System.currentTimeMillis() > cancelledMs);
            alice.post("/v1/nodes/n1/drain", "");
            long drainedMs = System.currentTimeMillis();
            ServedNode.until(() -> System.currentTimeMillis() > drainedMs);
            tenant.post("/v1/jobs:pause", "{\"all\":true}");
            List<String> all = List.of(
                    "alice@desk1 pause m (for 2h disk full)",
                    "alice@desk1 resume m",
                    "alice@desk1 trigger m",
                    "alice@desk1 edit m (priority)",
                    "alice@desk1 cancel m",
                    "alice@desk1 drain node n1",
                    "a:bob@desk2 pause tenant a");
            assertEquals(all, deeds(node.admin().with("X-Kalends-Tenant", "*")));
            assertEquals(all.subList(6, 7), deeds(tenant), "a tenant sees its own");
            assertEquals(
                    List.of(),
                    node.admin().get("/v1/audit?since=0s").as(DeedPage.class).items());
            // The same from what is committed: a store that forgot its memory.
            node.stores.forEach(store -> {
                assertTrue(store.position() > 0);
                assertEquals(store.reader().answers("*deed/", "*deed0", 100).size(), deedsOf(store.reader()));
            });
        }
    }

    private static int deedsOf(dev.kalends.journal.StoreReader reader) {
        int[] found = {0};
        reader.dump(dev.kalends.journal.Dump.KEYED, change -> {
            if (change instanceof dev.kalends.journal.Change.PutRequest put
                    && put.answer().requestId().startsWith("*deed/")) {
                found[0]++;
            }
        });
        return found[0];
    }

    @Test
    void failuresAreGroupedAndWhatBecameOfThemIsSaid() {
        try (ServedNode node = new ServedNode()) {
            RawHttp admin = node.admin().with("X-Kalends-Actor", "alice@desk1");
            die(node, "a", "HTTP 503 from 10.0.0.1");
            die(node, "b", "HTTP 503 from 10.0.0.2");
            die(node, "c", "it broke");
            RawHttp.Reply redriven = admin.post("/v1/dead/redrive", "{\"job\":\"a\",\"rate\":\"1000/s\"}");
            assertEquals(200, redriven.status(), redriven.text());
            Hand hand = new Hand(node, "w1");
            hand.report(hand.claimOne(), "succeeded", "", "");
            admin.post("/v1/dead/discard", "{\"job\":\"c\"}");
            HandoffView report = admin.get("/v1/handoff?since=1h").as(HandoffView.class);
            assertTrue(report.complete());
            HandoffView.Failure first = report.failures().getFirst();
            assertEquals(List.of("a", "b"), first.jobs());
            assertEquals(List.of(2L, 1L, 1L, 1L), figures(first));
            assertEquals(List.of(1L, 0L, 0L, 0L), figures(report.failures().get(1)));
            assertEquals(1L, report.runs().get("succeeded"));
            assertEquals(2L, report.runs().get("dead"));
            assertEquals(
                    List.of("alice@desk1 redrive 1 dead letter (job a)", "alice@desk1 discard 1 dead letter (job c)"),
                    deeds(admin));
            assertEquals(
                    List.of(),
                    admin.get("/v1/handoff?since=0s").as(HandoffView.class).failures());
        }
    }

    private static List<Long> figures(HandoffView.Failure failure) {
        return List.of(failure.count(), failure.stillDead(), failure.redriven(), failure.recovered());
    }

    @Test
    void firesThatNeverRanAreCounted() {
        try (ServedNode node = new ServedNode()) {
            node.admin().post("/v1/jobs", "{\"name\":\"t\",\"every\":\"100ms\",\"noop\":true,\"maxRuns\":3}");
            // Nobody claims: the first run stays open, and the others are skipped for it.
            ServedNode.until(() -> omitted(node) == 2);
        }
    }

    private static long omitted(ServedNode node) {
        return node.admin().get("/v1/handoff").as(HandoffView.class).omitted().stream()
                .filter(one -> one.state().equals("skipped"))
                .mapToLong(HandoffView.Omission::count)
                .sum();
    }
}
