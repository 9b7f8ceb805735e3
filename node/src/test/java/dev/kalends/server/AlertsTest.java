package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.alert.AlertSettings;
import dev.kalends.alert.AlertTerms;
import dev.kalends.alert.Alerts;
import dev.kalends.api.AlertView;
import dev.kalends.api.SubmitResult;
import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.memory.MemoryStore;
import dev.kalends.need.Need;
import dev.kalends.runtime.PartitionThread;
import dev.kalends.testing.AlertReceiver;
import dev.kalends.testing.AlertReceiver.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alert is made to happen at a served node, and a real receiver hears of its begin and its end. */
final class AlertsTest {
    private static final String TOKEN = "webhook-token-that-nobody-may-see";
    private static final AlertTerms SOON = new AlertTerms(20, 100, 100, 100, 100, 50, 200, 500, 60_000);

    @TempDir
    private Path temp;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AlertReceiver receiver = new AlertReceiver();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ServedNode node = new ServedNode();

    @BeforeEach
    void begin() throws IOException {
        Files.writeString(temp.resolve("token"), TOKEN + "\n");
        begin(node);
    }

    private void begin(ServedNode told) throws IOException {
        node = told;
        open.addFirst(told);
        tell(told.standing, "n1", () -> true);
    }

    private Alerts tell(Standings standing, String name, java.util.function.BooleanSupplier turn) throws IOException {
        Path data = Files.createDirectories(temp.resolve(name));
        Alerts alerts = new Alerts(
                new AlertSettings(receiver.url(), Optional.of(temp.resolve("token"))),
                SOON,
                new Alerts.Surroundings(name, "here", standing::look, turn, data, Clocks.system()),
                (level, text) -> log.add(level + " " + text));
        open.addFirst(alerts);
        alerts.start();
        return alerts;
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        receiver.close();
    }

    private void awaitEvents(String code, String... events) {
        ServedNode.until(() -> receiver.events(code).size() >= events.length);
        assertEquals(List.of(events), receiver.events(code), () -> receiver.taken() + " " + log);
    }

    private void die(String name) {
        node.admin().post("/v1/jobs", "{\"name\":\"" + name + "\",\"in\":\"0s\",\"noop\":true,\"maxAttempts\":1}");
        Hand hand = new Hand(node, "w1");
        hand.report(hand.claimOne(), "failed", "it broke", "");
    }

    private void discardAll() {
        RawHttp.Reply reply = node.admin().post("/v1/dead/discard", "{\"all\":true}");
        assertEquals(200, reply.status(), reply.text());
    }

    @Test
    void deadLetters() {
        die("a");
        awaitEvents(Need.DEAD_LETTERS, "begin");
        AlertView begin = receiver.taken().getFirst();
        assertEquals("kalends/here/dead_letters", begin.key());
        assertEquals("warning", begin.severity());
        assertEquals("1 run used up all attempts", begin.message());
        assertEquals("kalends dlq ls", begin.hint());
        assertEquals(1, begin.amount());
        die("b");
        awaitEvents(Need.DEAD_LETTERS, "begin", "more");
        discardAll();
        awaitEvents(Need.DEAD_LETTERS, "begin", "more", "end");
        AlertView end = receiver.taken().getLast();
        assertEquals(begin.key(), end.key());
        assertEquals(begin.beganAt(), end.beganAt());
        assertNotNull(end.endedAt());
        assertEquals("Bearer " + TOKEN, receiver.authorizations().getFirst());
        assertFalse(log.toString().contains(TOKEN), log.toString());
        assertFalse(log.toString().contains("secret-path"), log.toString());
    }

    /** One run starts late because no worker claims it, then so many are punctual that it is one in a hundred. */
    @Test
    void skewBreach() {
        Hand hand = new Hand(node, "w1");
        RawHttp admin = node.admin();
        admin.post("/v1/jobs", "{\"name\":\"late\",\"in\":\"0s\",\"noop\":true}");
        long dueMs = System.currentTimeMillis();
        ServedNode.until(() -> System.currentTimeMillis() > dueMs + 1_500);
        hand.report(hand.claimOne(), "succeeded", "", "");
        awaitEvents(Need.SKEW_BREACH, "begin");
        for (int done = 0; done < 150; done++) {
            // One after the other: on a slow machine those of a schedule would come late themselves.
            admin.post("/v1/jobs", "{\"in\":\"0s\",\"noop\":true}");
            hand.report(hand.claimOne(), "succeeded", "", "");
        }
        awaitEvents(Need.SKEW_BREACH, "begin", "end");
    }

    @Test
    void noLeader() {
        node.coordination.release(0);
        awaitEvents(Need.NO_LEADER, "begin");
        AlertView begin = receiver.taken().getFirst();
        assertEquals("critical", begin.severity());
        assertTrue(begin.message().startsWith("nobody leads partition 0"), begin.message());
        node.coordination.tryOwn(0);
        ServedNode.until(() -> node.health.ready());
        awaitEvents(Need.NO_LEADER, "begin", "end");
    }

    /** A line of the ledger is lost in the store, as no code of ours does it, and then comes back. */
    @Test
    void ledgerGap() {
        String id = String.valueOf(node.admin()
                .post("/v1/jobs", "{\"name\":\"t\",\"every\":\"200ms\",\"noop\":true,\"maxRuns\":3}")
                .as(SubmitResult.class)
                .id());
        long beganMs = System.currentTimeMillis();
        ServedNode.until(() -> System.currentTimeMillis() > beganMs + 1_000 + LedgerAudit.GRACE_MS);
        audit();
        node.threads.forEach(PartitionThread::close);
        MemoryStore store = node.stores.getFirst();
        store.restart();
        LedgerLine skipped = store.ledgerAtOrBefore(JobId.parse(id).orElseThrow(), Long.MAX_VALUE)
                .orElseThrow();
        assertEquals(List.of(), receiver.events(Need.LEDGER_GAP));
        apply(store, new Change.RemoveLedger(skipped.job(), skipped.fromMs()));
        audit();
        awaitEvents(Need.LEDGER_GAP, "begin");
        assertTrue(
                receiver.taken().getFirst().message().startsWith("2 fires without a verdict"),
                () -> receiver.taken().toString());
        apply(store, new Change.PutLedger(skipped));
        audit();
        awaitEvents(Need.LEDGER_GAP, "begin", "end");
    }

    private static void apply(MemoryStore store, Change change) {
        store.apply(new Batch(0, 9, System.currentTimeMillis(), List.of(change)), store.position() + 1);
    }

    private void audit() {
        while (!node.figures.audit()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aReceiverThatFailsOrHangsLosesNothingButTime() {
        receiver.is(Mood.FAILS);
        die("a");
        ServedNode.until(() -> receiver.tries() > 2);
        receiver.is(Mood.HANGS);
        int before = receiver.tries();
        ServedNode.until(() -> receiver.tries() > before + 1);
        assertEquals(
                2, log.stream().filter(line -> line.contains("does not take")).count(), log.toString());
        assertTrue(log.toString().contains("status=500"), log.toString());
        assertTrue(log.toString().contains("waitedMs=500"), log.toString());
        assertEquals(200, node.admin().get("/v1/stats").status());
        die("b");
        receiver.is(Mood.TAKES);
        awaitEvents(Need.DEAD_LETTERS, "begin");
        assertEquals(2, receiver.taken().getFirst().amount(), "the latest state is told");
        discardAll();
        awaitEvents(Need.DEAD_LETTERS, "begin", "end");
    }

    @Test
    void anAlertThatEndedWhileTheNodeWasAwayIsToldToHaveEnded() throws Exception {
        die("a");
        awaitEvents(Need.DEAD_LETTERS, "begin");
        open.removeFirst().close();
        discardAll();
        tell(node.standing, "n1", () -> true);
        ServedNode.until(() -> receiver.events(Need.DEAD_LETTERS).contains("end"));
        assertEquals(
                receiver.taken().getFirst().beganAt(),
                receiver.taken().getLast().beganAt());
    }

    @Test
    void withoutItsTokenNothingIsSent() throws IOException {
        Files.delete(temp.resolve("token"));
        die("a");
        ServedNode.until(() -> log.toString().contains("its token file holds no token"));
        assertEquals(0, receiver.tries());
        Files.writeString(temp.resolve("token"), "another");
        awaitEvents(Need.DEAD_LETTERS, "begin");
        assertEquals("Bearer another", receiver.authorizations().getFirst());
    }
}
