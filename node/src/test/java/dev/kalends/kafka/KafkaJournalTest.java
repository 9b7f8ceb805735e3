package dev.kalends.kafka;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.LedgerLine;
import dev.kalends.job.RunState;
import dev.kalends.journal.Change;
import dev.kalends.journal.Journal.Outcome;
import dev.kalends.journal.JournalException;
import dev.kalends.memory.MemoryStore;
import dev.kalends.testing.KafkaBroker;
import dev.kalends.testing.Patience;
import dev.kalends.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal in Kafka does beyond the contract: replicas that equal their leader, restarts, compaction. */
final class KafkaJournalTest {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    @TempDir
    private Path directory;

    private final List<JournalNode> nodes = new ArrayList<>();
    private KafkaSettings settings;

    @BeforeEach
    void settings() {
        settings = TestCluster.settings("journal" + CLUSTERS.incrementAndGet(), KafkaBroker.shared());
    }

    @AfterEach
    void close() {
        nodes.forEach(JournalNode::close);
    }

    /** A node in a new directory. */
    private JournalNode node() {
        try {
            return node(new MemoryStore(Samples.PARTITION), Files.createTempDirectory(directory, "node"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A node that was there before. */
    private JournalNode node(MemoryStore store, Path home) {
        JournalNode node = JournalNode.open(settings, home, store);
        nodes.add(node);
        return node;
    }

    private static MemoryStore copy(MemoryStore store) {
        MemoryStore copy = new MemoryStore(Samples.PARTITION);
        copy.restore(store.snapshot());
        return copy;
    }

    @Test
    void aFollowerEqualsItsLeader() {
        JournalNode leader = node();
        JournalNode follower = node();
        leader.lead();
        Churn churn = new Churn(1);
        for (int i = 0; i < 150; i++) {
            leader.commit(churn.batch().toArray(Change[]::new));
            follower.apply();
        }
        follower.applyUpTo(leader.store().position());
        assertEquals(StoreText.of(leader.store()), StoreText.of(follower.store()));
        int lines = 1_000;
        assertEquals(StoreText.history(leader.store(), lines), StoreText.history(follower.store(), lines));
        assertTrue(StoreText.history(leader.store(), lines).size() > TestCluster.HISTORY_LINES);
        assertEquals(leader.journal().end(), follower.journal().end());
    }

    @Test
    void aReplicaThatHasJustBegunKnowsHowFarItIsBehind() {
        JournalNode leader = node();
        leader.lead();
        for (int i = 0; i < 20; i++) {
            leader.commit(new Change.PutSlot(1, i));
        }
        JournalNode follower = node();
        assertTrue(
                follower.journal().end() >= leader.store().position() - 1,
                "end=" + follower.journal().end());
        follower.applyUpTo(leader.store().position());
        Patience.await(
                JournalNode.PATIENCE_MS,
                () -> follower.journal().end() == follower.store().position());
    }

    @Test
    void aReplicaGoesOnWhereItStopped() {
        JournalNode leader = node();
        JournalNode follower = node();
        leader.lead();
        Churn churn = new Churn(2);
        for (int i = 0; i < 20; i++) {
            leader.commit(churn.batch().toArray(Change[]::new));
        }
        follower.applyUpTo(leader.store().position());
        MemoryStore kept = copy(follower.store());
        follower.close();
        nodes.remove(follower);
        for (int i = 0; i < 20; i++) {
            leader.commit(churn.batch().toArray(Change[]::new));
        }
        JournalNode again = node(kept, follower.home());
        again.applyUpTo(leader.store().position());
        assertEquals(StoreText.of(leader.store()), StoreText.of(again.store()));
    }

    /** Nothing that it reads since it started says how many lines there were: it looks them up. */
    @Test
    void aLeaderThatReadNoBatchStillCountsHistoryOn() {
        JournalNode first = node();
        first.lead();
        for (int i = 0; i < 5; i++) {
            first.commit(new Change.AppendHistory(Samples.succeeded(repeating(i), T0, T0 + i)));
        }
        JournalNode second = node();
        second.lead();
        MemoryStore atTheBarrier = copy(second.store());
        JournalNode third = node(atTheBarrier, second.home());
        third.lead();
        third.commit(new Change.AppendHistory(Samples.succeeded(repeating(5), T0, T0 + 5)));
        JournalNode replica = node();
        replica.applyUpTo(third.store().position());
        assertEquals(6, StoreText.history(replica.store(), 100).size());
        List<byte[]> keys = JournalScan.records(settings).stream()
                .map(record -> record.key())
                .filter(key -> key[0] == 'h')
                .toList();
        assertEquals(6, keys.size());
        assertEquals(5, keys.getLast()[4], "the sixth line has the sixth place");
    }

    @Test
    void nothingOfAJobIsLeftWhenItIsRemoved() {
        JournalNode leader = node();
        leader.lead();
        leader.commit(new Change.PutHead(leader.store().head()));
        List<String> before = JournalScan.keysInForce(settings);
        var spec = Samples.named(repeating(3), "gone");
        leader.commit(new Change.PutSpec(spec, -1), new Change.PutState(Samples.next(spec.id(), T0)));
        leader.commit(new Change.PutSpec(Samples.edited(spec, 2), -1), ledger(0));
        leader.commit(ledger(10), ledger(20));
        leader.commit(new Change.RemoveLedger(spec.id(), T0 + 10));
        assertTrue(JournalScan.keysInForce(settings).size() > before.size() + 4);
        // In one batch with changes that it makes void.
        leader.commit(new Change.PutSpec(Samples.edited(spec, 3), -1), ledger(30), new Change.RemoveJob(spec.id()));
        assertEquals(before, JournalScan.keysInForce(settings));
        JournalNode replica = node();
        replica.applyUpTo(leader.store().position());
        assertEquals(StoreText.of(leader.store()), StoreText.of(replica.store()));
        assertEquals(Optional.empty(), replica.store().spec(spec.id()));
    }

    private static Change ledger(long atMs) {
        return new Change.PutLedger(
                new LedgerLine(repeating(3), T0 + atMs, T0 + atMs, 1, RunState.MISSED, Optional.empty()));
    }

    @Test
    void aRecordThatEndsBeforeTheReplicaIsRefused() {
        JournalNode leader = node();
        leader.lead();
        JournalNode ahead = node();
        ahead.journal().follow(leader.store().position() + 1_000);
        JournalException refused = Patience.awaitThrown(JournalException.class, ahead::apply);
        assertTrue(refused.toString().contains("ends before"), refused.toString());
        ahead.journal().follow(0);
        ahead.applyUpTo(leader.store().position());
    }

    @Test
    void aTermThatWasEndedWritesNothing() {
        JournalNode leader = node();
        leader.lead();
        leader.commit(new Change.PutSlot(1, 1));
        leader.follow();
        assertInstanceOf(Outcome.NotWritten.class, JournalNode.settled(leader.append(new Change.PutSlot(1, 2))));
        leader.lead();
        leader.commit(new Change.PutSlot(1, 3));
        assertEquals(3, leader.store().nextSequence(1));
    }

    @Test
    void whatIsTooLargeIsNotWrittenAndTheNextTermIs() {
        JournalNode leader = node();
        leader.lead();
        String much = "x".repeat(5 * 1024 * 1024);
        var spec = Samples.named(repeating(1), much);
        assertInstanceOf(Outcome.NotWritten.class, JournalNode.settled(leader.append(new Change.PutSpec(spec, -1))));
        leader.follow();
        leader.lead();
        leader.commit(new Change.PutSlot(1, 1));
        assertThrows(IllegalArgumentException.class, () -> JournalRecords.value(new Change.PutSpec(spec, -1)));
    }
}
