package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorBody;
import dev.kalends.api.SimulateAnswer;
import dev.kalends.schedule.InstantText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What simulations over HTTP answer and refuse. */
final class SimulateTest {
    private ServedNode node;

    @BeforeEach
    void start() {
        node = new ServedNode(2);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void submit(String job) {
        RawHttp.Reply reply = node.admin().post("/v1/jobs", job);
        assertEquals(201, reply.status(), reply.text());
    }

    private SimulateAnswer simulate(String body) {
        RawHttp.Reply reply = node.admin().post("/v1/simulate", body);
        assertEquals(200, reply.status(), reply.text());
        return reply.as(SimulateAnswer.class);
    }

    private ErrorBody.Detail refused(String body) {
        RawHttp.Reply reply = node.admin().post("/v1/simulate", body);
        assertTrue(reply.status() >= 400, reply.text());
        return reply.as(ErrorBody.class).error();
    }

    private static SimulateAnswer.Job job(SimulateAnswer answer, String name) {
        return answer.jobs().stream()
                .filter(job -> name.equals(job.name()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void jobsAsTheyStandGoThroughAnOutage() {
        submit("{\"name\":\"tick\",\"every\":\"1m\",\"noop\":true}");
        submit("{\"name\":\"none\",\"every\":\"1m\",\"noop\":true,\"catchUp\":\"none\"}");
        submit("{\"name\":\"later\",\"in\":\"90m\",\"noop\":true}");
        submit("{\"name\":\"next-year\",\"in\":\"300d\",\"noop\":true}");
        long before = node.stores.getFirst().position() + node.stores.get(1).position();
        SimulateAnswer answer = simulate("{\"outages\":[{\"from\":\"60m30s\",\"to\":\"120m30s\"}],"
                + "\"leaderKills\":[\"150m30s\"],\"span\":\"3h\"}");
        assertEquals(3, answer.jobs().size(), "what is due after the span takes no part");
        SimulateAnswer.Job tick = job(answer, "tick");
        assertEquals("every", tick.schedule());
        assertEquals("last", tick.catchUp());
        assertEquals(1, tick.counts().caughtUp().count());
        assertEquals(59, tick.counts().missed());
        assertEquals(60, job(answer, "none").counts().missed());
        assertEquals(0, job(answer, "none").counts().caughtUp().count());
        SimulateAnswer.Job later = job(answer, "later");
        assertEquals(1, later.counts().caughtUp().count());
        long lateMs = later.counts().caughtUp().worstLateMs();
        assertTrue(lateMs > 29 * 60_000 && lateMs < 31 * 60_000, "lateMs=" + lateMs);
        assertEquals("succeeded", later.verdicts().getFirst().verdict());
        assertEquals(119, answer.total().missed());
        assertNotNull(answer.busiest());
        assertEquals(
                before, node.stores.getFirst().position() + node.stores.get(1).position(), "nothing changed");
    }

    @Test
    void jobsAreChosenByNamePatternAndLabel() {
        submit("{\"name\":\"billing/a\",\"every\":\"1m\",\"noop\":true,\"labels\":{\"k\":\"v\"}}");
        submit("{\"name\":\"billing/b\",\"every\":\"1m\",\"noop\":true}");
        submit("{\"name\":\"other\",\"every\":\"1m\",\"noop\":true,\"labels\":{\"k\":\"v\"}}");
        assertEquals(
                2, simulate("{\"jobs\":[\"billing/*\"],\"span\":\"5m\"}").jobs().size());
        assertEquals(
                2, simulate("{\"jobs\":[\"billing/*\",\"billing/a\"]}").jobs().size());
        assertEquals(2, simulate("{\"labels\":[\"k=v\"]}").jobs().size());
        assertEquals(
                "billing/a",
                simulate("{\"jobs\":[\"billing/*\"],\"labels\":[\"k=v\"]}")
                        .jobs()
                        .getFirst()
                        .name());
        assertEquals("not_found", refused("{\"jobs\":[\"billing/c\"]}").code());
        assertEquals("not_found", refused("{\"jobs\":[\"x*\"]}").code());
    }

    @Test
    void anotherTenantsJobsTakeNoPart() {
        submit("{\"name\":\"mine\",\"every\":\"1m\",\"noop\":true}");
        RawHttp.Reply reply = node.as(ServedNode.TENANT_A).post("/v1/simulate", "{}");
        assertEquals(404, reply.status(), reply.text());
    }

    @Test
    void draftsAreRehearsedAlone() {
        submit("{\"name\":\"tick\",\"every\":\"1m\",\"noop\":true}");
        String drafts = "\"drafts\":[{\"name\":\"new\",\"every\":\"10s\",\"noop\":true}]";
        SimulateAnswer alone = simulate("{" + drafts + ",\"span\":\"1m\",\"takes\":\"2s\",\"slots\":3}");
        assertEquals(1, alone.jobs().size());
        assertNull(alone.jobs().getFirst().id());
        assertEquals(5, alone.total().succeeded());
        assertEquals(3, alone.slots());
        SimulateAnswer both = simulate("{" + drafts + ",\"jobs\":[\"tick\"],\"span\":\"90s\"}");
        assertEquals(2, both.jobs().size());
        assertEquals(
                "conflict",
                refused("{" + drafts.replace("new", "tick") + ",\"jobs\":[\"tick\"]}")
                        .code());
    }

    @Test
    void aPauseOfEverythingHoldsInARehearsalToo() {
        submit("{\"name\":\"tick\",\"every\":\"1m\",\"noop\":true}");
        assertEquals(
                200,
                node.admin()
                        .post("/v1/jobs:pause", "{\"all\":true,\"duration\":\"10m\"}")
                        .status());
        SimulateAnswer.Job tick = job(simulate("{\"span\":\"20m\"}"), "tick");
        assertTrue(tick.counts().skipped() >= 9, () -> "counts=" + tick.counts());
        assertTrue(tick.counts().started().count() >= 8, () -> "counts=" + tick.counts());
    }

    @Test
    void nonsenseIsRefusedInWords() {
        submit("{\"name\":\"tick\",\"every\":\"1m\",\"noop\":true}");
        assertTrue(refused("{\"outages\":[{\"from\":\"2h\",\"to\":\"1h\"}]}")
                .message()
                .endsWith("; outage=\"2h\"..\"1h\""));
        String past = InstantText.format(System.currentTimeMillis() - 7_200_000);
        String morePast = InstantText.format(System.currentTimeMillis() - 3_600_000);
        assertEquals(
                "invalid",
                refused("{\"outages\":[{\"from\":\"" + past + "\",\"to\":\"" + morePast + "\"}]}")
                        .code());
        assertTrue(refused("{\"leaderKills\":[\"" + past + "\"]}").message().contains("leaderKill="));
        assertTrue(refused("{\"span\":\"30d\"}").message().contains("at most"));
        assertTrue(refused("{\"span\":\"0\"}").message().contains("span"));
        assertTrue(refused("{\"slots\":0}").message().contains("slots=0"));
        assertTrue(refused("{\"outages\":[{\"from\":\"x\",\"to\":\"1h\"}]}")
                .message()
                .contains("outages.from"));
        assertEquals("invalid", refused("{\"outages\":[{\"to\":\"1h\"}]}").code());
        assertEquals("invalid", refused("{\"outage\":[]}").code());
    }
}
