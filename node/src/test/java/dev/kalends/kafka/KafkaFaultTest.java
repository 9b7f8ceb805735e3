package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Journal.Outcome;
import dev.kalends.testing.KafkaBroker;
import dev.kalends.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is frozen, killed, or whose answers are lost, in the middle of everything. */
final class KafkaFaultTest {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    @TempDir
    private Path directory;

    private final KafkaBroker broker = KafkaBroker.shared();
    private final List<JournalNode> nodes = new ArrayList<>();
    private KafkaSettings settings;

    @BeforeEach
    void settings() {
        settings = TestCluster.settings("fault" + CLUSTERS.incrementAndGet(), broker);
    }

    @AfterEach
    void close() {
        broker.proxy().heal();
        nodes.forEach(JournalNode::close);
    }

    private JournalNode node(KafkaSettings by) {
        try {
            JournalNode node = JournalNode.open(by, Files.createDirectory(directory.resolve("n" + nodes.size())));
            nodes.add(node);
            return node;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void agree(JournalNode leader, JournalNode follower) {
        follower.applyUpTo(leader.store().position());
        assertEquals(StoreText.of(leader.store()), StoreText.of(follower.store()));
    }

    @Test
    void aCommitThatAFrozenBrokerHoldsIsInDoubtAndTheRecordDecides() {
        JournalNode leader = node(settings);
        JournalNode follower = node(settings);
        leader.lead();
        leader.commit(new Change.PutSlot(1, 1));
        broker.freeze();
        CompletableFuture<Outcome> inDoubt = leader.append(new Change.PutSlot(1, 2));
        CompletableFuture<Outcome> behind = leader.append(new Change.PutSlot(1, 3));
        try {
            assertInstanceOf(Outcome.LeadershipLost.class, JournalNode.settled(inDoubt));
            assertInstanceOf(Outcome.NotWritten.class, JournalNode.settled(behind));
            Patience.await(
                    JournalNode.PATIENCE_MS, () -> leader.cluster().trouble().isPresent());
            // It is told to all nodes, and each change of it wakes them all.
            Optional<String> noticed = leader.cluster().trouble();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            assertEquals(noticed, leader.cluster().trouble());
        } finally {
            broker.thaw();
        }
        Patience.await(JournalNode.PATIENCE_MS, () -> leader.cluster().trouble().isEmpty());
        leader.follow();
        leader.lead();
        leader.commit(new Change.PutSlot(2, 1));
        agree(leader, follower);
        assertTrue(leader.store().nextSequence(1) < 3, "what was appended behind a doubt must not land");
    }

    /** Whatever moment the answers stop at: whether the batch landed or not, all agree on it afterwards. */
    @Test
    void anAnswerThatIsLostAtAnyMomentLeavesNobodyWithAnotherState() {
        KafkaSettings proxied = new KafkaSettings(
                List.of(broker.proxiedAddress()), settings.cluster(), TestCluster.PARTITIONS, 0, 16, 3_000, Map.of());
        JournalNode leader = node(proxied);
        JournalNode follower = node(settings);
        int landed = 0;
        for (int round = 0; round < 8; round++) {
            leader.follow();
            leader.lead();
            Batch batch = leader.batch(new Change.PutSlot(1, round));
            CompletableFuture<Outcome> outcome = leader.append(batch);
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(600L * round));
            broker.proxy().holdAnswers();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            leader.follow();
            Outcome settled = JournalNode.settled(outcome);
            broker.proxy().heal();
            leader.lead();
            boolean isThere = leader.store().nextSequence(1) == round && round > 0;
            landed += isThere ? 1 : 0;
            assertTrue(
                    isThere || round == 0 || !(settled instanceof Outcome.Committed),
                    "a batch that was reported committed is lost; round=" + round);
            leader.commit(new Change.PutSlot(2, round));
            agree(leader, follower);
        }
        assertTrue(landed < 8, "no answer was ever lost; landed=" + landed);
    }

    @Test
    void followingAndLeadingGoOnAfterABrokerIsKilledAndStartedAgain() {
        JournalNode leader = node(settings);
        JournalNode follower = node(settings);
        leader.lead();
        Churn churn = new Churn(5);
        for (int i = 0; i < 20; i++) {
            leader.commit(churn.batch().toArray(Change[]::new));
        }
        follower.apply();
        CompletableFuture<Outcome> inDoubt = leader.append(new Change.PutSlot(1, 77));
        broker.kill();
        broker.start();
        Outcome outcome = JournalNode.settled(inDoubt);
        leader.follow();
        Patience.await(JournalNode.PATIENCE_MS, () -> {
            leader.apply();
            boolean begun = JournalNode.settled(leader.begin()) instanceof Outcome.Committed;
            leader.follow();
            return begun;
        });
        leader.lead();
        for (int i = 0; i < 20; i++) {
            leader.commit(churn.batch().toArray(Change[]::new));
        }
        agree(leader, follower);
        assertTrue(!(outcome instanceof Outcome.Committed) || leader.store().nextSequence(1) != 0, "it was committed");
    }
}
