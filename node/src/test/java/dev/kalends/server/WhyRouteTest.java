package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.Grant;
import dev.kalends.api.WhyView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verdicts through the door, on what a real partition made of real jobs. */
final class WhyRouteTest {
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

    private WhyView why(String target) {
        RawHttp.Reply reply = admin.get("/v1/jobs/" + target);
        assertEquals(200, reply.status(), reply.text());
        return reply.as(WhyView.class);
    }

    private static void expect(String verdict, String sentence, WhyView why) {
        assertEquals(verdict, why.verdict(), why.toString());
        assertTrue(why.sentence().contains(sentence), why.toString());
    }

    /** The verdict of a job's only fire, once it is this one. */
    private WhyView until(String target, String verdict) {
        ServedNode.until(() -> why(target).verdict().equals(verdict));
        return why(target);
    }

    @Test
    void aRunThatWaitsForALimit() {
        submit("{\"name\":\"first\",\"in\":\"0s\",\"noop\":true,\"limit\":{\"db\":1}}");
        until("first/why", "ready");
        submit("{\"name\":\"second\",\"in\":\"0s\",\"noop\":true,\"limit\":{\"db\":1}}");
        until("second/why", "ready");
        Grant grant = new Hand(node, "w1").claimOne();
        WhyView throttled = why("second/why");
        expect("throttled", "waits for room: 1 run uses up the limit db=1", throttled);
        assertEquals(grant.run(), throttled.behind());
    }

    @Test
    void aRunFromBeginningToEnd() {
        submit("{\"name\":\"s\",\"in\":\"0s\",\"noop\":true,\"backoff\":\"1h..1h\",\"maxAttempts\":2}");
        WhyView ready = until("s/why", "ready");
        expect("ready", "waits for a worker: no worker with a free slot has asked for queue default", ready);
        assertEquals(List.of("kalends workers", "kalends stats"), ready.hints());
        Grant first = new Hand(node, "w1").claimOne();
        WhyView running = until("s/why", "running");
        assertEquals(first.run(), Objects.requireNonNull(running.run()).id());
        assertEquals(
                first.token(), Objects.requireNonNull(running.run().lease()).token());
        assertEquals("w1", running.run().worker());
        assertTrue(running.epoch() > 0 && running.leading(), running.toString());
        assertEquals(
                List.of("wheel", "queue", "start"),
                running.stages().stream().map(WhyView.Stage::stage).toList());
        new Hand(node, "w1").report(first, "failed", "exit 3", "");
        WhyView retrying = until("s/why", "retrying");
        expect("retrying", "failed and will be tried again: exit 3", retrying);
        assertNotNull(Objects.requireNonNull(retrying.run()).retryAt());
        assertEquals(1, Objects.requireNonNull(retrying.run().attempts()).size());
    }

    @Test
    void howRunsEnd() {
        submit("{\"name\":\"good\",\"in\":\"0s\",\"noop\":true}");
        Hand hand = new Hand(node, "w1");
        hand.report(hand.claimOne(), "succeeded", "", "");
        WhyView good = until("good/why", "succeeded");
        assertTrue(good.hints().getFirst().startsWith("kalends logs good@"), good.toString());
        submit("{\"name\":\"bad\",\"in\":\"0s\",\"noop\":true,\"maxAttempts\":1}");
        hand.report(hand.claimOne(), "failed", "exit 3", "");
        WhyView bad = until("bad/why", "dead");
        expect("dead", "died: exit 3", bad);
        assertTrue(bad.hints().getLast().startsWith("kalends dlq redrive bad@"), bad.toString());
        submit("{\"name\":\"late\",\"at\":\"2026-01-01T00:00:00Z\",\"noop\":true,\"deadline\":\"1s\"}");
        expect("missed", "2026-01-01 00:00 UTC was missed: its deadline had passed", until("late/why", "missed"));
    }

    @Test
    void whatOverlapDoes() {
        submit("{\"name\":\"skip\",\"every\":\"200ms\",\"noop\":true}");
        ServedNode.until(() -> why("skip/why").run() != null);
        String first = Objects.requireNonNull(why("skip/why").run()).id();
        long firstMs =
                Instant.parse(Objects.requireNonNull(why("skip/why").at())).toEpochMilli();
        String second = "skip/why?at=" + Instant.ofEpochMilli(firstMs + 200);
        WhyView skipped = until(second, "skipped");
        expect("skipped", "was skipped: an earlier run is still open", skipped);
        assertEquals(first, skipped.behind());
        assertTrue(Objects.requireNonNull(skipped.ledger()).count() >= 1, skipped.toString());
        submit("{\"name\":\"queue\",\"every\":\"200ms\",\"noop\":true,\"overlap\":\"queue\"}");
        WhyView held = until("queue/why", "held");
        expect("held", "waits its turn: another run of the job is still open", held);
        assertNotNull(held.behind());
    }

    @Test
    void whatAPauseDoes() {
        submit("{\"name\":\"p\",\"every\":\"100ms\",\"noop\":true,\"from\":\"2020-01-01T00:00:00Z\"}");
        RawHttp.Reply paused = admin.post("/v1/jobs:pause", "{\"jobs\":[\"p\"],\"reason\":\"flood\"}");
        assertEquals(200, paused.status(), paused.text());
        String next = Objects.requireNonNull(why("p/why").next()).nominalAt();
        long sinceMs = Instant.parse(
                        Objects.requireNonNull(why("p/why").pause()).since())
                .toEpochMilli();
        long heldMs =
                sinceMs + 200 - Math.floorMod(sinceMs - Instant.parse(next).toEpochMilli(), 100L);
        WhyView held = until("p/why?at=" + Instant.ofEpochMilli(heldMs), "paused");
        expect("paused", "is held back: paused: flood", held);
        assertEquals(List.of("kalends resume p"), held.hints());
        assertEquals("flood", Objects.requireNonNull(held.pause()).reason());
    }

    @Test
    void whatIsToComeAndWhatNeverWas() {
        submit("{\"name\":\"d\",\"cron\":\"30 2 * * *\",\"tz\":\"America/New_York\",\"noop\":true}");
        WhyView next = why("d/why");
        expect("not_yet", "comes in ", next);
        assertNull(next.run());
        WhyView none = why("d/why?at=2040-03-07T12:34");
        expect("not_a_fire", "Wed 2040-03-07 12:34 EST is no fire of this job: its schedule has no fire there", none);
        assertEquals("2040-03-07T07:30:00.000Z", none.before());
        assertEquals("2040-03-08T07:30:00.000Z", none.after());
        // The end of a gap is a fire, by whatever name it is asked for.
        expect("not_yet", "Sun 2040-03-11 03:00 EDT", why("d/why?at=2040-03-11T02:30"));
        expect("not_yet", "Sun 2040-03-11 03:00 EDT", why("d/why?at=20400311T070000Z"));
        expect("not_accepted", "the job was accepted after it", why("d/why?at=2001-01-01T02:30"));
        submit("{\"name\":\"m\",\"manual\":true,\"noop\":true}");
        expect("not_a_fire", "only when it is triggered", why("m/why"));
        admin.post("/v1/jobs/m/trigger", "");
        expect("ready", "the manual run of ", until("m/why", "ready"));
        submit("{\"name\":\"o\",\"at\":\"2040-01-01T00:00:00Z\",\"noop\":true}");
        admin.call("DELETE", "/v1/jobs/o", new byte[0]);
        expect("cancelled", "its job was cancelled before it came due", why("o/why"));
    }

    @Test
    void anInstantMayBeTheDueOne() {
        submit("{\"name\":\"x\",\"cron\":\"0 12 * * *\",\"noop\":true,\"splay\":\"1h\"}");
        WhyView asked = why("x/why");
        assertEquals(asked.at(), why("x/why?at=" + asked.dueAt()).at());
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        submit("{\"name\":\"c\",\"cron\":\"@daily\",\"noop\":true}");
        assertEquals(422, admin.get("/v1/jobs/c/why?at=sometime").status());
        assertEquals(422, admin.get("/v1/jobs/c/why?when=now").status());
        assertEquals(404, admin.get("/v1/jobs/c/why?at=20260308T070000Z.m1").status());
        assertEquals(404, node.as(ServedNode.TENANT_A).get("/v1/jobs/c/why").status());
    }
}
