package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PeerDigest;
import dev.kalends.api.ReplicaPage;
import dev.kalends.api.ReplicaView;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Standing;
import dev.kalends.relay.PeerException;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Holds the replicas of all nodes against each other, and hashes this node's for others that do. */
final class ReplicaEndpoint {
    private static final long TOLD_WITHIN_MS = 15_000;
    /** All partitions are compared within this; the rest is left out. */
    private static final long ALL_WITHIN_NS = TimeUnit.SECONDS.toNanos(20);
    /** A partition that changes while it is looked at is looked at again. */
    private static final int LOOKS_MAX = 3;

    private final Services services;
    private final NodeFacts facts;
    private final Fleet fleet;
    private final ReplicaDigests digests;
    private final ReentrantLock comparing = new ReentrantLock();

    ReplicaEndpoint(Services services, NodeFacts facts, Fleet fleet) {
        this.services = services;
        this.facts = facts;
        this.fleet = fleet;
        this.digests = new ReplicaDigests(facts, services.clocks(), services.pause());
    }

    /** {@code GET /v1/peer/partitions/{partition}/digest?position=N}. */
    Answer digest(Request request) throws InterruptedException {
        request.query().allow(Set.of("position"));
        long position = request.query().number("position", 0, 0, Long.MAX_VALUE);
        String number = request.parameter("partition");
        Replica replica = Optional.of(number)
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .flatMap(fleet::replica)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NOT_FOUND,
                        "no such partition; partition=" + Texts.excerpt(number) + " partitions="
                                + fleet.replicas().size(),
                        "list them: kalends leases --partitions"));
        if (!replica.held()) {
            throw new ApiException(
                    ErrorCode.UNAVAILABLE,
                    "this node holds no replica of this partition; node=" + fleet.self() + " partition="
                            + Texts.excerpt(number),
                    "who does: kalends leases --partitions");
        }
        return Answer.ok(digests.of(replica, position));
    }

    /** {@code GET /v1/replicas}: takes seconds, one at a time. */
    Answer compare(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        if (!comparing.tryLock()) {
            throw new ApiException(
                    ErrorCode.CONFLICT, "replicas are being compared; comparisons=1", "wait until that has ended");
        }
        try {
            List<Member> nodes = fleet.overview().get().standings().stream()
                    .map(Standing::member)
                    .toList();
            List<ReplicaView> items = nodes.size() < 2 ? List.of() : all(nodes);
            return Answer.ok(new ReplicaPage(services.asOf(), nodes.size(), items));
        } finally {
            comparing.unlock();
        }
    }

    private List<ReplicaView> all(List<Member> nodes) throws InterruptedException {
        long startNs = services.clocks().monotonic().nowNs();
        List<ReplicaView> items = new ArrayList<>();
        for (PartitionHandle handle : services.partitions().all()) {
            boolean late = services.clocks().monotonic().nowNs() - startNs > ALL_WITHIN_NS;
            items.add(
                    late
                            ? ReplicaVerdict.notCompared(handle.partition(), "the comparison took too long")
                            : one(handle, nodes));
        }
        return items;
    }

    private ReplicaView one(PartitionHandle handle, List<Member> nodes) throws InterruptedException {
        ReplicaView view = look(handle, nodes);
        for (int look = 1; look < LOOKS_MAX && ReplicaVerdict.moved(view); look++) {
            view = look(handle, nodes);
        }
        return view;
    }

    /** Asks all nodes at once, so that they tell of the same position if nothing happens. */
    private ReplicaView look(PartitionHandle handle, List<Member> nodes) throws InterruptedException {
        handle.refresh(ReplicaDigests.CATCH_UP_MS);
        int partition = handle.partition();
        Replica replica = fleet.replicas().get(partition);
        long position = handle.reader().position();
        Optional<List<String>> holders = fleet.holders(partition);
        Map<String, Future<PeerDigest>> askedByNode = new LinkedHashMap<>();
        for (Member node : nodes) {
            if (holders.isPresent() && !holders.get().contains(node.id())) {
                continue;
            }
            askedByNode.put(
                    node.id(),
                    fleet.peers()
                            .submit(() -> node.id().equals(fleet.self())
                                    ? digests.of(replica, position)
                                    : fleet.peers().digest(node, partition, position, TOLD_WITHIN_MS)));
        }
        List<PeerDigest> told = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Map.Entry<String, Future<PeerDigest>> asked : askedByNode.entrySet()) {
            try {
                told.add(asked.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof PeerException || e.getCause() instanceof ApiException)) {
                    throw new IllegalStateException("a replica could not be hashed; node=" + facts.name(), e);
                }
                silent.add(asked.getKey());
            }
        }
        return told.isEmpty() && silent.isEmpty()
                ? ReplicaVerdict.notCompared(partition, "no node says that it holds it")
                : ReplicaVerdict.of(partition, position, told, silent);
    }
}
