package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorBody;
import dev.kalends.api.JobPage;
import dev.kalends.api.JobView;
import dev.kalends.api.NodePage;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.ReplicaPage;
import dev.kalends.api.ReplicaView;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.api.StatsView;
import dev.kalends.api.SubmitResult;
import dev.kalends.job.Hash;
import dev.kalends.lease.Holding;
import dev.kalends.lease.Standby;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.testing.FakeCluster;
import dev.kalends.testing.FakeRecord;
import dev.kalends.time.MonotonicClock;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four nodes in one process, over real HTTP, where each partition is held by two of them. */
final class StandbyTest {
    private static final int PARTITIONS = 4;
    private static final Standby ONE = new Standby(1);
    private static final Executor ASIDE = task -> Thread.ofVirtual().start(task);

    private final List<ClusterNode> nodes = new ArrayList<>();

    @BeforeEach
    void start() {
        List<FakeRecord> records =
                IntStream.range(0, PARTITIONS).mapToObj(_ -> new FakeRecord(0)).toList();
        ClusterNode.Shared shared = new ClusterNode.Shared(
                new FakeCluster(MonotonicClock.system(), 600_000), records, new LocalRunQueue(), ONE);
        for (String id : List.of("a", "b", "c", "d")) {
            nodes.add(new ClusterNode(id, shared));
        }
        settle();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            holders(partition).getFirst().lead(partition);
        }
        nodes.forEach(ClusterNode::look);
    }

    @AfterEach
    void stop() {
        nodes.forEach(ClusterNode::close);
    }

    private void settle() {
        nodes.forEach(ClusterNode::settle);
        nodes.forEach(ClusterNode::settle);
    }

    /** Those that should hold a partition, the one that should lead it first. */
    private List<ClusterNode> holders(int partition) {
        List<String> ids = nodes.stream().map(node -> node.id).toList();
        return Holding.holders(PARTITIONS, ids, ONE).get(partition).stream()
                .map(id -> nodes.stream()
                        .filter(node -> node.id.equals(id))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private ClusterNode stranger(int partition) {
        return nodes.stream().filter(node -> !node.holds(partition)).findFirst().orElseThrow();
    }

    private static String nameIn(int partition) {
        return nameIn(partition, "job");
    }

    private static String nameIn(int partition, String begin) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> begin + "-" + i)
                .filter(name -> Math.floorMod(Hash.of("default", name), PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static SubmitResult submit(ClusterNode to, String json) {
        RawHttp.Reply reply = to.admin().post("/v1/jobs", json);
        assertTrue(reply.status() == 200 || reply.status() == 201, reply.text());
        return reply.as(SubmitResult.class);
    }

    private static SubmitResult manual(ClusterNode to, String name) {
        return submit(to, "{\"name\":\"" + name + "\",\"manual\":true,\"noop\":true}");
    }

    private static void assertRefused(RawHttp.Reply reply, String code, String message) {
        ErrorBody.Detail detail = reply.as(ErrorBody.class).error();
        assertEquals(code, detail.code(), reply.text());
        assertTrue(detail.message().contains(message), detail.message());
    }

    @Test
    void eachPartitionIsHeldByTheTwoThatShould() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int p = partition;
            List<ClusterNode> held =
                    nodes.stream().filter(node -> node.holds(p)).toList();
            assertEquals(java.util.Set.copyOf(holders(p)), java.util.Set.copyOf(held));
        }
    }

    @Test
    void aNodeThatHoldsNothingOfItShowsAndChangesEverything() {
        ClusterNode far = stranger(0);
        String name = nameIn(0);
        SubmitResult made = manual(far, name);
        assertEquals(
                made.id(), far.admin().get("/v1/jobs/" + name).as(JobView.class).id());
        assertEquals(
                name, far.admin().get("/v1/jobs/" + made.id()).as(JobView.class).name());
        String begin = Objects.requireNonNull(made.id()).substring(0, 12);
        assertEquals(
                made.id(),
                far.admin().get("/v1/jobs/" + begin).as(JobView.class).id());
        assertEquals(
                List.of(made.id()),
                far.admin().get("/v1/jobs?name=job-*").as(JobPage.class).items().stream()
                        .map(JobView::id)
                        .toList());
        assertRefused(far.admin().get("/v1/jobs/" + nameIn(0, "none")), "not_found", "no job");
        assertTrue(far.admin().get("/v1/export").text().contains(name));
        assertEquals(
                200, far.admin().call("DELETE", "/v1/jobs/" + name, new byte[0]).status());
        assertEquals(
                "cancelled",
                far.admin().get("/v1/jobs/" + name).as(JobView.class).state());
        assertEquals(200, far.admin().get("/v1/jobs/" + name + "/why").status());
        assertEquals(200, far.admin().get("/v1/forecast").status());
    }

    @Test
    void listsAreOfAllPartitionsAndSayOfWhen() {
        long beforeMs = System.currentTimeMillis();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            manual(nodes.getFirst(), nameIn(partition));
        }
        for (ClusterNode node : nodes) {
            node.look();
            JobPage page = node.admin().get("/v1/jobs").as(JobPage.class);
            assertEquals(PARTITIONS, page.items().size(), node.id);
            long asOfMs = java.time.Instant.parse(page.asOf()).toEpochMilli();
            assertTrue(asOfMs >= beforeMs - 2_000 && asOfMs <= System.currentTimeMillis(), page.asOf());
            StatsView stats = node.admin().get("/v1/stats").as(StatsView.class);
            assertEquals(
                    PARTITIONS,
                    stats.jobs().values().stream().mapToLong(Long::longValue).sum(),
                    node.id);
        }
    }

    @Test
    void aRunIsWaitedForAndReadWhereItsPartitionIsNotHeld() throws Exception {
        ClusterNode far = stranger(1);
        String name = nameIn(1);
        manual(far, name);
        assertEquals(200, far.admin().post("/v1/jobs/" + name + "/trigger", "").status());
        CompletableFuture<RunView> ended = CompletableFuture.supplyAsync(
                () -> far.admin()
                        .get("/v1/runs/" + name + "@latest/wait?waitMs=20000")
                        .as(RunView.class),
                ASIDE);
        Hand hand = new Hand(far.admin(), "w1");
        var grant = hand.claimOne();
        RunView running = far.admin().get("/v1/runs/" + grant.run()).as(RunView.class);
        Long leftMs = Objects.requireNonNull(running.lease()).leftMs();
        assertTrue(leftMs != null && leftMs > 0, "leftMs=" + leftMs);
        assertFalse(ended.isDone());
        assertEquals("accepted", hand.report(grant, "succeeded", "", "done\n"));
        assertEquals("succeeded", ended.get().state());
        assertTrue(far.admin().get("/v1/runs/" + grant.run() + "/output").text().contains("done"));
        assertEquals(
                1,
                far.admin()
                        .get("/v1/runs?job=" + name)
                        .as(RunPage.class)
                        .items()
                        .size());
        assertEquals(
                1,
                far.admin()
                        .get("/v1/runs?state=succeeded")
                        .as(RunPage.class)
                        .items()
                        .size());
    }

    @Test
    void eventsOfWhatIsNotHeldComeToo() throws Exception {
        ClusterNode far = stranger(2);
        String name = nameIn(2);
        RawHttp admin = far.admin();
        try (Socket socket = admin.open()) {
            socket.getOutputStream()
                    .write(("GET /v1/events?follow=true HTTP/1.1\r\n" + admin.head() + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            assertEquals(200, RawHttp.readHead(in).status());
            manual(far, name);
            StringBuilder told = new StringBuilder();
            while (!told.toString().contains("\"type\":\"job.created\"")) {
                told.append(new String(RawHttp.chunk(in), StandardCharsets.UTF_8));
            }
            assertTrue(told.toString().contains(name), told.toString());
        }
        String read = far.admin().get("/v1/events").text();
        assertTrue(read.contains("stream.gap") && read.contains("other nodes keep the events"), read);
    }

    @Test
    void whenTheLeaderDiesAStandbyIsReadAndAnotherNodeComesToHoldIt() {
        ClusterNode far = stranger(3);
        String name = nameIn(3);
        SubmitResult made = manual(far, name);
        ClusterNode leader = holders(3).getFirst();
        ClusterNode standby = holders(3).getLast();
        ServedNode.until(() -> standby.isCurrent(3));
        leader.leave();
        nodes.remove(leader);
        assertEquals(
                made.id(),
                far.admin().get("/v1/jobs/" + made.id()).as(JobView.class).id());
        standby.lead(3);
        settle();
        ClusterNode next =
                holders(3).stream().filter(node -> node != standby).findFirst().orElseThrow();
        assertTrue(next.holds(3));
        ServedNode.until(() -> next.isCurrent(3));
        standby.giveBack(3);
        next.lead(3);
        assertEquals(
                made.id(), far.admin().get("/v1/jobs/" + name).as(JobView.class).id());
        assertEquals("cancelled", cancelled(far, name));
    }

    private static String cancelled(ClusterNode at, String name) {
        assertEquals(
                200, at.admin().call("DELETE", "/v1/jobs/" + name, new byte[0]).status());
        return at.admin().get("/v1/jobs/" + name).as(JobView.class).state();
    }

    @Test
    void whenAllThatHoldItDieOthersHoldItFromTheRecord() {
        String name = nameIn(0);
        SubmitResult made = manual(nodes.getFirst(), name);
        List<ClusterNode> dead = holders(0);
        dead.forEach(ClusterNode::leave);
        nodes.removeAll(dead);
        ClusterNode asked = nodes.getFirst();
        RawHttp.Reply refused = asked.admin().get("/v1/jobs/" + name);
        assertEquals(503, refused.status(), refused.text());
        assertRefused(refused, "unavailable", "no node that does answers");
        settle();
        ServedNode.until(() -> nodes.stream().allMatch(node -> node.isCurrent(0)));
        nodes.getFirst().lead(0);
        for (ClusterNode node : nodes) {
            assertEquals(
                    made.id(),
                    node.admin().get("/v1/jobs/" + name).as(JobView.class).id());
        }
    }

    @Test
    void aReplicaThatCatchesUpIsNotReadAndOneThatIsNotNeededEndsOnceTheOthersAreFit() {
        String name = nameIn(0);
        SubmitResult made = manual(nodes.getFirst(), name);
        ClusterNode leader = holders(0).getFirst();
        ClusterNode gone = holders(0).getLast();
        gone.leave();
        nodes.remove(gone);
        nodes.forEach(node -> node.holding = true);
        settle();
        ClusterNode next =
                holders(0).stream().filter(node -> node != leader).findFirst().orElseThrow();
        assertTrue(next.holds(0));
        assertFalse(next.isCurrent(0));
        assertEquals(
                made.id(),
                next.admin().get("/v1/jobs/" + name).as(JobView.class).id());
        assertRefused(next.admin().get("/v1/peer/partitions/0/events"), "unavailable", "still catches up");
        nodes.forEach(node -> node.holding = false);
        next.catchUp(0);
        ServedNode.until(() -> next.isCurrent(0));
        assertEquals(
                made.id(),
                next.admin().get("/v1/jobs/" + name).as(JobView.class).id());
        nodes.add(new ClusterNode(gone.id, gone.shared));
        ClusterNode back = nodes.getLast();
        back.settle();
        assertTrue(back.holds(0));
        ServedNode.until(() -> back.isCurrent(0));
        assertTrue(next.holds(0), "others are not known to be fit yet");
        settle();
        settle();
        assertFalse(next.holds(0));
        assertEquals(0, next.stores.get(0).position(), "what was held is gone");
        assertEquals(
                made.id(),
                next.admin().get("/v1/jobs/" + name).as(JobView.class).id());
    }

    @Test
    void nodesAndPartitionsShowWhoHoldsWhat() {
        nodes.forEach(ClusterNode::look);
        for (ClusterNode node : nodes) {
            NodePage page = node.admin().get("/v1/nodes").as(NodePage.class);
            page.items().forEach(view -> {
                ClusterNode shown = nodes.stream()
                        .filter(one -> one.id.equals(view.node()))
                        .findFirst()
                        .orElseThrow();
                assertEquals("1", view.standby());
                assertEquals(
                        IntStream.range(0, PARTITIONS)
                                .filter(shown::holds)
                                .boxed()
                                .toList(),
                        view.holds(),
                        view.node());
            });
            PartitionPage partitions = node.admin().get("/v1/leases/partitions").as(PartitionPage.class);
            partitions
                    .items()
                    .forEach(view -> assertEquals(
                            holders(view.partition()).stream()
                                    .map(one -> one.id)
                                    .sorted()
                                    .toList(),
                            view.holders()));
        }
    }

    @Test
    void onlyReplicasThatAreHeldAreCompared() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            manual(nodes.getFirst(), nameIn(partition));
        }
        nodes.forEach(ClusterNode::look);
        for (ClusterNode node : nodes) {
            ReplicaPage page = node.admin().get("/v1/replicas").as(ReplicaPage.class);
            for (ReplicaView view : page.items()) {
                assertEquals("same", view.verdict(), view::toString);
                assertEquals(2, view.replicas().size(), view.toString());
            }
        }
    }

    @Test
    void schedulesAndLedgerAreComparedOverAllPartitions() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            submit(nodes.getFirst(), "{\"name\":\"" + nameIn(partition) + "\",\"every\":\"1s\",\"noop\":true}");
        }
        ClusterNode node = nodes.getFirst();
        ServedNode.until(() -> {
            nodes.forEach(ClusterNode::look);
            node.figures.audit();
            StatsView.Ledger ledger =
                    node.admin().get("/v1/stats").as(StatsView.class).ledger();
            return ledger.expected() >= PARTITIONS && ledger.expected() == ledger.accounted();
        });
    }
}
