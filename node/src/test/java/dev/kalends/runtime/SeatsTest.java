package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Journal.Entry;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Seating;
import dev.kalends.lease.SeatingTerms;
import dev.kalends.memory.MemoryStore;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.testing.FakeCluster;
import dev.kalends.testing.FakeCoordination;
import dev.kalends.testing.FakeJournal;
import dev.kalends.testing.FakeRecord;
import dev.kalends.testing.Recipe;
import dev.kalends.testing.Samples;
import dev.kalends.time.VirtualClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nodes of one cluster, each with every partition, over one record a partition: who leads, and how that changes. */
final class SeatsTest {
    private static final int PARTITIONS = 2;
    private static final long TTL_MS = 5_000;

    private final VirtualClock clock = new VirtualClock(Samples.T0);
    private final FakeCluster cluster = new FakeCluster(clock.monotonic(), TTL_MS);
    private final List<FakeRecord> records = List.of(new FakeRecord(0), new FakeRecord(0));
    private final List<Node> nodes = new ArrayList<>();
    private int requests;

    private final class Node {
        final FakeCoordination coordination = cluster.node();
        final List<MemoryStore> stores = new ArrayList<>();
        final List<PartitionLoop> loops = new ArrayList<>();
        final Seats seats;
        Fitness fitness = Fitness.ALL;
        boolean frozen;

        Node(String id) {
            coordination.join(new Member(id, "http://" + id));
            for (int i = 0; i < PARTITIONS; i++) {
                MemoryStore store = new MemoryStore(i);
                FakeJournal journal = records.get(i).journal(0);
                stores.add(store);
                loops.add(new PartitionLoop(new LoopParts(
                        i,
                        LoopSettings.DEFAULT,
                        clock.wall(),
                        clock.monotonic(),
                        journal,
                        store,
                        new LocalRunQueue(),
                        coordination,
                        new Meters(1_000),
                        new EventRing(0))));
            }
            seats = new Seats(
                    coordination,
                    new Seating(id, PARTITIONS, SeatingTerms.DEFAULT),
                    loops,
                    clock.monotonic(),
                    () -> fitness);
            nodes.add(this);
        }

        boolean leads(int partition) {
            return loops.get(partition).status().leading();
        }

        boolean work() {
            if (frozen) {
                return false;
            }
            boolean worked = seats.doWork();
            for (PartitionLoop loop : loops) {
                worked |= loop.doWork();
            }
            return worked;
        }
    }

    private void pass(long ms) {
        for (long left = ms; left >= 0; left -= 50) {
            for (int i = 0; i < 100; i++) {
                boolean worked = false;
                for (Node node : nodes) {
                    worked |= node.work();
                }
                if (!worked) {
                    break;
                }
            }
            if (left > 0) {
                clock.advance(50);
                nodes.stream().filter(node -> !node.frozen).forEach(node -> node.coordination.keepAlive());
            }
        }
    }

    private Node leader(int partition) {
        List<Node> leaders =
                nodes.stream().filter(node -> node.leads(partition)).toList();
        assertEquals(1, leaders.size(), "one node leads partition " + partition);
        return leaders.getFirst();
    }

    private CompletableFuture<Reply> submit(Node node, int partition) {
        return node.loops
                .get(partition)
                .ask(new Command.Submit(
                        "r" + ++requests, 1, List.of(Recipe.in(60_000).draft())));
    }

    @Test
    void eachPartitionIsLedByOneAndFollowedByAll() {
        new Node("n1");
        new Node("n2");
        new Node("n3");
        pass(3_000);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            CompletableFuture<Reply> answer = submit(leader(partition), partition);
            pass(100);
            assertTrue(answer.isDone() && !answer.isCompletedExceptionally());
            for (Node node : nodes) {
                assertEquals(
                        leader(partition).stores.get(partition).position(),
                        node.stores.get(partition).position());
                assertEquals(1, node.stores.get(partition).counts("default").scheduled());
            }
        }
    }

    @Test
    void aFollowerSaysThatAnotherLeads() {
        new Node("n1");
        new Node("n2");
        pass(3_000);
        Node follower =
                nodes.stream().filter(node -> !node.leads(0)).findFirst().orElseThrow();
        CompletableFuture<Reply> answer = submit(follower, 0);
        pass(50);
        assertTrue(answer.isCompletedExceptionally());
        assertTrue(follower.loops.get(0).status().problem().contains("another node leads"));
    }

    @Test
    void aFrozenLeaderIsReplacedAndNothingItDoesAfterwardsLands() {
        new Node("n1");
        new Node("n2");
        pass(3_000);
        Node old = leader(0);
        old.frozen = true;
        CompletableFuture<Reply> late = submit(old, 0);
        pass(TTL_MS + 1_000);
        Node next = nodes.stream().filter(node -> node != old).findFirst().orElseThrow();
        assertTrue(next.leads(0), "the other one has taken over");
        long epoch = next.loops.get(0).status().epoch();
        old.frozen = false;
        pass(100);
        assertFalse(old.leads(0));
        assertTrue(late.isCompletedExceptionally(), "it was not accepted");
        for (Entry entry : records.get(0).entries()) {
            assertTrue(entry.position() <= epoch || entry.batch().epoch() == epoch, entry.toString());
        }
        pass(2_000);
        assertEquals(next, leader(0));
    }

    @Test
    void whoIsToldToLeadNothingGivesBackWithoutAGap() {
        new Node("n1");
        new Node("n2");
        pass(3_000);
        Node old = leader(0);
        old.fitness = Fitness.none("draining");
        old.seats.hint();
        pass(100);
        assertFalse(old.leads(0));
        assertEquals(0, leader(0).loops.get(0).seat().failures());
        assertEquals(0, old.loops.get(0).seat().failures(), "it is no failure");
        assertTrue(leader(0) != old);
    }

    @Test
    void aNodeThatComesTakesItsShareWhenItHasBeenFitForAWhile() {
        Node first = new Node("n1");
        pass(3_000);
        assertTrue(first.leads(0) && first.leads(1));
        new Node("n2");
        new Node("n3");
        pass(40_000);
        Set<String> leaders = new HashSet<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            leaders.add("n" + (nodes.indexOf(leader(partition)) + 1));
        }
        assertEquals(PARTITIONS, leaders.size(), "each leads one: " + leaders);
        for (Node node : nodes) {
            assertEquals(
                    0,
                    node.loops.get(0).seat().failures()
                            + node.loops.get(1).seat().failures());
        }
    }

    @Test
    void aLeaderThatFailsWithdrawsAndAnotherTriesAtOnce() {
        new Node("n1");
        new Node("n2");
        pass(3_000);
        Node old = leader(0);
        records.get(0).journal(0).begin(_ -> {});
        CompletableFuture<Reply> late = submit(old, 0);
        pass(500);
        assertTrue(late.isCompletedExceptionally(), "it was not accepted");
        assertTrue(old.loops.get(0).seat().failures() > 0);
        pass(500);
        assertTrue(leader(0) != old, "the other one leads while the first withdraws");
    }

    @Test
    void aNodeThatCannotSeeTheServiceKeepsNothing() {
        Node only = new Node("n1");
        pass(3_000);
        only.coordination.cutOff();
        pass(TTL_MS);
        assertFalse(only.leads(0));
        assertTrue(only.seats.problem().isPresent());
        only.coordination.reconnect();
        pass(3_000);
        assertTrue(only.leads(0), "it rejoins by itself");
    }
}
