package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.JobPage;
import dev.kalends.api.JobView;
import dev.kalends.api.LeaseView;
import dev.kalends.api.NodePage;
import dev.kalends.api.NodeView;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.PartitionView;
import dev.kalends.api.ReplicaPage;
import dev.kalends.api.ReplicaView;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.api.StatsView;
import dev.kalends.api.SubmitResult;
import dev.kalends.api.WorkerPage;
import dev.kalends.job.Hash;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Dump;
import dev.kalends.lease.Standby;
import dev.kalends.memory.MemoryStore;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.testing.FakeCluster;
import dev.kalends.testing.FakeRecord;
import dev.kalends.time.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three nodes in one process, over real HTTP: whichever is asked, whoever leads. */
final class ClusterTest {
    private static final long TTL_MS = 600_000;
    private static final Executor ASIDE = task -> Thread.ofVirtual().start(task);

    private final List<ClusterNode> nodes = new ArrayList<>();

    private ClusterNode start(int partitions) {
        List<FakeRecord> records =
                IntStream.range(0, partitions).mapToObj(_ -> new FakeRecord(0)).toList();
        ClusterNode.Shared shared = new ClusterNode.Shared(
                new FakeCluster(MonotonicClock.system(), TTL_MS), records, new LocalRunQueue(), Standby.ALL);
        for (String id : List.of("a", "b", "c")) {
            nodes.add(new ClusterNode(id, shared));
        }
        return nodes.getFirst();
    }

    private ClusterNode node(int i) {
        return nodes.get(i);
    }

    @AfterEach
    void stop() {
        nodes.forEach(ClusterNode::close);
    }

    private static String manual(String name) {
        return "{\"name\":\"" + name + "\",\"manual\":true,\"noop\":true}";
    }

    private static SubmitResult submit(ClusterNode to, String json) {
        RawHttp.Reply reply = to.admin().post("/v1/jobs", json);
        assertTrue(reply.status() == 200 || reply.status() == 201, reply.text());
        return reply.as(SubmitResult.class);
    }

    /** A name that belongs to a partition, out of two. */
    private static String nameIn(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "job-" + i)
                .filter(name -> Math.floorMod(Hash.of("default", name), 2) == partition)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatOneNodeAcceptedEveryOtherShowsAtOnce() {
        start(2);
        node(0).lead(0);
        node(1).lead(1);
        for (int i = 0; i < 20; i++) {
            SubmitResult result = submit(node(i % 3), manual("job-" + i));
            assertEquals(true, result.created());
            JobView shown = node((i + 1) % 3).admin().get("/v1/jobs/job-" + i).as(JobView.class);
            assertEquals(result.id(), shown.id());
            assertEquals(
                    "job-" + i,
                    node((i + 2) % 3)
                            .admin()
                            .get("/v1/jobs/" + result.id())
                            .as(JobView.class)
                            .name());
        }
    }

    @Test
    void aListSaysOfWhenItIs() {
        start(1).lead(0);
        long beforeMs = System.currentTimeMillis();
        submit(node(2), manual("a"));
        node(1).admin().get("/v1/jobs/a");
        node(1).look();
        JobPage page = node(1).admin().get("/v1/jobs").as(JobPage.class);
        assertEquals(1, page.items().size());
        long asOfMs = java.time.Instant.parse(page.asOf()).toEpochMilli();
        assertTrue(asOfMs >= beforeMs && asOfMs <= System.currentTimeMillis(), page.asOf());
    }

    @Test
    void theSameRequestIsAnsweredOnceOverAChangeOfLeaders() {
        start(1).lead(0);
        RawHttp asking = node(2).admin().with(Request.REQUEST_ID, "r-1");
        SubmitResult first =
                asking.post("/v1/jobs", "{\"manual\":true,\"noop\":true}").as(SubmitResult.class);
        node(0).giveBack(0);
        node(1).lead(0);
        SubmitResult again =
                asking.post("/v1/jobs", "{\"manual\":true,\"noop\":true}").as(SubmitResult.class);
        assertEquals(first.id(), again.id());
        assertEquals(
                1, node(1).admin().get("/v1/jobs").as(JobPage.class).items().size());
    }

    @Test
    void aRequestWaitsForTheNextLeader() throws Exception {
        start(1).lead(0);
        node(0).giveBack(0);
        CompletableFuture<SubmitResult> answer =
                CompletableFuture.supplyAsync(() -> submit(node(2), manual("patient")), ASIDE);
        node(1).lead(0);
        assertEquals(true, answer.get().created());
        assertEquals(200, node(0).admin().get("/v1/jobs/patient").status());
    }

    @Test
    void aRequestWhoseAnswerWasLostIsDoneOnce() throws Exception {
        ClusterNode leader = start(1);
        leader.lead(0);
        leader.proxy.holdAnswers();
        CompletableFuture<SubmitResult> answer =
                CompletableFuture.supplyAsync(() -> submit(node(1), "{\"manual\":true,\"noop\":true}"), ASIDE);
        ServedNode.until(() -> jobs(leader) == 1);
        assertFalse(answer.isDone());
        leader.proxy.heal();
        assertNotNull(answer.get().id());
        assertEquals(1, jobs(leader));
    }

    private static int jobs(ClusterNode at) {
        return at.admin().get("/v1/jobs").as(JobPage.class).items().size();
    }

    @Test
    void withoutAnAnswerItSaysWhetherItMayHaveBeenDone() throws Exception {
        ClusterNode leader = start(2);
        leader.lead(1);
        leader.proxy.holdAnswers();
        CompletableFuture<RawHttp.Reply> free =
                CompletableFuture.supplyAsync(() -> node(1).admin().post("/v1/jobs", manual(nameIn(0))), ASIDE);
        CompletableFuture<RawHttp.Reply> doubtful =
                CompletableFuture.supplyAsync(() -> node(1).admin().post("/v1/jobs", manual(nameIn(1))), ASIDE);
        assertRefused(free.get(), 503, "unavailable", "nothing was changed");
        assertRefused(doubtful.get(), 503, "unavailable", "in doubt");
    }

    private static void assertRefused(RawHttp.Reply reply, int status, String code, String message) {
        assertEquals(status, reply.status(), reply.text());
        ErrorBody.Detail detail = reply.as(ErrorBody.class).error();
        assertEquals(code, detail.code());
        assertTrue(detail.message().contains(message), detail.message());
    }

    /** The first leader did it and froze before it could say so; its successor answers, and does nothing again. */
    @Test
    void aFrozenLeaderDoesNotUseUpTheTimeOfItsSuccessor() throws Exception {
        ClusterNode frozen = start(1);
        frozen.lead(0);
        frozen.proxy.holdAnswers();
        CompletableFuture<SubmitResult> answer =
                CompletableFuture.supplyAsync(() -> submit(node(2), "{\"manual\":true,\"noop\":true}"), ASIDE);
        ServedNode.until(() -> jobs(frozen) == 1);
        frozen.giveBack(0);
        node(1).lead(0);
        assertNotNull(answer.get().id());
        assertEquals(1, jobs(node(1)));
    }

    @Test
    void aReadByNameWaitsForAReplicaThatIsBehind() throws Exception {
        start(1).lead(0);
        ClusterNode behind = node(1);
        behind.journals.getFirst().hold();
        submit(node(0), manual("fresh"));
        CompletableFuture<RawHttp.Reply> shown =
                CompletableFuture.supplyAsync(() -> behind.admin().get("/v1/jobs/fresh"), ASIDE);
        ServedNode.until(() -> jobs(node(2)) == 1);
        assertFalse(shown.isDone());
        assertEquals(0, jobs(behind), "a list does not wait");
        behind.catchUp(0);
        assertEquals(200, shown.get().status());
    }

    @Test
    void aWorkerAtAnyNodeGetsWorkFromAnyLeader() throws Exception {
        start(1).lead(0);
        Hand hand = new Hand(node(1).admin(), "w1");
        CompletableFuture<String> run = CompletableFuture.supplyAsync(
                () -> {
                    var grant = hand.claimOne();
                    String verdict = new Hand(node(2).admin(), "w1").report(grant, "succeeded", "", "done\n");
                    return grant.run() + " " + verdict;
                },
                ASIDE);
        submit(node(2), "{\"name\":\"now\",\"in\":\"0s\",\"noop\":true}");
        assertTrue(run.get().endsWith(" accepted"), run.get());
        ServedNode.until(() -> node(0).admin()
                        .get("/v1/runs?state=succeeded")
                        .as(RunPage.class)
                        .items()
                        .size()
                == 1);
        ServedNode.until(() -> node(0).admin().get("/v1/workers").as(WorkerPage.class).items().stream()
                .anyMatch(worker -> worker.id().equals("w1")));
    }

    @Test
    void aClaimThatIsTakenBackGetsNothingOfAnotherNodeEither() throws Exception {
        start(1).lead(0);
        ClaimRequest claim = new ClaimRequest(
                ClaimRequest.PROTOCOL, "w1", List.of("default"), 1, 1, ClaimRequest.WAIT_MAX_MS, "0.1.0", "direct");
        CompletableFuture<ClaimAnswer> answer = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return node(1).worker.claim(claim);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                ASIDE);
        ServedNode.until(() -> node(0).parked(0) == 1);
        node(1).worker.unpark("w1");
        assertEquals(List.of(), answer.get().grants());
        ServedNode.until(() -> node(0).parked(0) == 0);
        submit(node(2), "{\"name\":\"now\",\"in\":\"0s\",\"noop\":true}");
        assertEquals(1, new Hand(node(2).admin(), "w2").claimOne().attempt());
    }

    @Test
    void aWorkerGetsWorkThoughAPartitionHasNoLeader() {
        start(2).lead(1);
        submit(node(1), "{\"name\":\"" + nameIn(1) + "\",\"in\":\"0s\",\"noop\":true}");
        assertNotNull(new Hand(node(2).admin(), "w1").claimOne());
    }

    @Test
    void leasesOfRunsAndPartitionsAreShownByAnyNode() {
        start(1).lead(0);
        submit(node(0), "{\"name\":\"held\",\"in\":\"0s\",\"noop\":true}");
        String run = new Hand(node(0).admin(), "w1").claimOne().run();
        RunView shown = node(1).admin().get("/v1/runs/" + run).as(RunView.class);
        LeaseView lease = Objects.requireNonNull(shown.lease());
        Long leftMs = lease.leftMs();
        assertTrue(leftMs != null && leftMs > 0 && leftMs <= 15_000, "leftMs=" + leftMs);
        node(1).look();
        PartitionView partition = node(1).admin()
                .get("/v1/leases/partitions")
                .as(PartitionPage.class)
                .items()
                .getFirst();
        assertEquals("a", partition.leader());
        assertEquals(4_000, partition.leftMs());
        assertEquals(5_000, partition.ttlMs());
    }

    @Test
    void figuresAreOfAllNodesTogether() {
        start(2);
        node(0).lead(0);
        node(1).lead(1);
        submit(node(2), manual(nameIn(0)));
        submit(node(2), manual(nameIn(1)));
        StatsView stats = node(2).admin().get("/v1/stats").as(StatsView.class);
        assertTrue(stats.rates().submitPerSec() > 0, "rates=" + stats.rates());
        StatsView own = node(0).admin().get("/v1/stats").as(StatsView.class);
        assertTrue(own.rates().submitPerSec() > 0, "rates=" + own.rates());
    }

    @Test
    void nodesAreListedAndToldByAnyNode() {
        start(1).lead(0);
        node(2).look();
        NodePage page = node(2).admin().get("/v1/nodes").as(NodePage.class);
        assertEquals("c", page.node());
        assertEquals(
                List.of("a", "b", "c"),
                page.items().stream().map(NodeView::node).toList());
        NodeView leader = page.items().getFirst();
        assertEquals("fit", leader.state());
        assertEquals(List.of(0), leader.leads());
        Long offsetMs = leader.clockOffsetMs();
        assertTrue(offsetMs != null && Math.abs(offsetMs) < 500, "offsetMs=" + offsetMs);
        assertNotEquals(null, leader.upSince());
        assertEquals(200, node(2).admin().post("/v1/nodes/b/drain", "").status());
        assertEquals(200, node(1).admin().post("/v1/nodes/b/undrain", "").status());
        assertEquals(200, node(2).admin().post("/v1/partitions/0/step-down", "").status());
        assertEquals(List.of("drain", "undrain"), node(1).duty.told);
        assertEquals(List.of("step-down 0"), node(0).duty.told);
        assertRefused(node(0).admin().post("/v1/nodes/zzz/drain", ""), 404, "not_found", "no such node");
        assertRefused(node(0).admin().post("/v1/partitions/7/step-down", ""), 404, "not_found", "no such partition");
    }

    @Test
    void aNodeThatDoesNotAnswerIsSilent() {
        start(1).lead(0);
        node(1).proxy.cut();
        node(0).look();
        NodePage page = node(0).admin().get("/v1/nodes").as(NodePage.class);
        assertEquals("silent", page.items().get(1).state());
        assertEquals("fit", page.items().get(2).state());
    }

    @Test
    void onlyDeclaredQueuesTakeJobs() {
        start(1).lead(0);
        String job = "{\"name\":\"q\",\"manual\":true,\"noop\":true,\"queue\":\"reports\"}";
        RawHttp.Reply refused = node(0).admin().post("/v1/jobs", job);
        assertRefused(refused, 422, "invalid", "declared=default");
        assertTrue(String.valueOf(refused.as(ErrorBody.class).error().hint()).contains("kalends queues add reports"));
        assertEquals(
                200,
                node(0).admin().call("PUT", "/v1/queues/reports", new byte[0]).status());
        assertEquals(true, submit(node(0), job).created());
        assertTrue(node(0).admin().get("/v1/queues").text().contains("{\"name\":\"reports\",\"declared\":true"));
    }

    @Test
    void replicasAreHeldAgainstEachOther() {
        start(2);
        node(0).lead(0);
        node(1).lead(1);
        submit(node(2), manual(nameIn(0)));
        submit(node(2), manual(nameIn(1)));
        ReplicaPage page = node(2).admin().get("/v1/replicas").as(ReplicaPage.class);
        assertEquals(3, page.nodes());
        assertEquals(
                List.of("same", "same"),
                page.items().stream().map(ReplicaView::verdict).toList(),
                () -> page.items().toString());
        assertEquals(3, page.items().getFirst().replicas().size());
        MemoryStore damaged = node(1).stores.getFirst();
        List<Change> changes = new ArrayList<>();
        long position = damaged.reader().dump(Dump.KEYED, changes::add);
        MemoryStore other = new MemoryStore(0);
        other.apply(new Batch(0, 1, 1, changes.subList(1, changes.size())), position);
        damaged.restore(other.snapshot());
        ReplicaView after = node(2).admin()
                .get("/v1/replicas")
                .as(ReplicaPage.class)
                .items()
                .getFirst();
        assertEquals("differs", after.verdict(), after.toString());
        assertTrue(after.detail().startsWith("a and b at position "), after.detail());
    }
}
