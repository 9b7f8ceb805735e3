package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Grant;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.Ticket;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Gets work for claims. Of one partition a claim waits in the partition itself: the fire that it waits for is granted
 * in the same commit. Of several it asks where there was plenty a moment ago, then waits for a ticket that says where
 * work waits now: tickets are offered again each second for as long as something waits.
 */
final class ClaimDesk {
    /** On top of the wait of a claim: what a commit may take. */
    private static final long MARGIN_MS = 5_000;

    /** Places that are remembered, at most. */
    private static final int PLENTY_MAX = 4_096;

    /** How often a claim that waits for a ticket looks whether it was taken back. */
    private static final long LOOK_EVERY_MS = 250;

    private final Services services;
    /** Where claims were met in full: a few, at most one a partition and set of queues. */
    private final Set<Plenty> plenty = ConcurrentHashMap.newKeySet();

    private final Map<String, CompletableFuture<Reply>> parkedByWorker = new ConcurrentHashMap<>();
    private final Set<String> takenBack = ConcurrentHashMap.newKeySet();

    private record Plenty(int partition, List<String> queues) {}

    ClaimDesk(Services services) {
        this.services = services;
    }

    /** What a claim gets within its wait; empty when there was nothing. */
    List<Grant> serve(ClaimRequest request, long waitMs) throws InterruptedException {
        List<PartitionHandle> handles = services.partitions().all();
        takenBack.remove(request.worker());
        try {
            return handles.size() == 1
                    ? claim(handles.getFirst(), request, request.free(), waitMs)
                    : fromSeveral(handles, request, waitMs);
        } finally {
            parkedByWorker.remove(request.worker());
        }
    }

    /**
     * Answers a worker's waiting claim at once, with nothing. A grant that is being committed in this very moment may
     * go to nobody: its lease runs out.
     */
    void takeBack(String worker) {
        takenBack.add(worker);
        CompletableFuture<Reply> parked = parkedByWorker.get(worker);
        if (parked != null) {
            parked.complete(new Reply.Claimed(List.of()));
        }
    }

    private List<Grant> fromSeveral(List<PartitionHandle> handles, ClaimRequest request, long waitMs)
            throws InterruptedException {
        long deadlineNs = services.clocks().monotonic().nowNs() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        List<Grant> grants = new ArrayList<>();
        for (Plenty known : plenty) {
            if (known.queues().equals(request.queues()) && grants.size() < request.free()) {
                grants.addAll(from(handles.get(known.partition()), request, request.free() - grants.size()));
            }
        }
        Set<String> queues = new HashSet<>(request.queues());
        while (grants.isEmpty() && !takenBack.contains(request.worker())) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(
                    deadlineNs - services.clocks().monotonic().nowNs());
            if (leftMs <= 0) {
                break;
            }
            Optional<Ticket> ticket = services.queue().take(queues, Math.min(leftMs, LOOK_EVERY_MS));
            if (ticket.isPresent() && ticket.get().partition() < handles.size()) {
                grants.addAll(from(handles.get(ticket.get().partition()), request, request.free()));
            }
        }
        return grants;
    }

    /** Claims of one partition, and remembers whether it gave all that was asked for: then it has more, most likely. */
    private List<Grant> from(PartitionHandle handle, ClaimRequest request, int free) throws InterruptedException {
        List<Grant> grants = claimIfLed(handle, request, free);
        Plenty there = new Plenty(handle.partition(), request.queues());
        if (grants.size() == free && plenty.size() < PLENTY_MAX) {
            plenty.add(there);
        } else {
            plenty.remove(there);
        }
        return grants;
    }

    /** A partition without a leader has no work now; the others may have. */
    private List<Grant> claimIfLed(PartitionHandle handle, ClaimRequest request, int free) throws InterruptedException {
        try {
            return claim(handle, request, free, 0);
        } catch (ApiException e) {
            if (e.code() != ErrorCode.UNAVAILABLE) {
                throw e;
            }
            return List.of();
        }
    }

    private List<Grant> claim(PartitionHandle handle, ClaimRequest request, int free, long parkMs)
            throws InterruptedException {
        Command.Claim claim = new Command.Claim(request.worker(), request.queues(), free);
        CompletableFuture<Reply> answer = handle.claim(claim, parkMs);
        if (parkMs > 0) {
            parkedByWorker.put(request.worker(), answer);
        }
        Reply.Claimed reply = (Reply.Claimed) Partitions.settled(answer, parkMs + MARGIN_MS);
        return reply.grants().stream().map(Grants::of).toList();
    }
}
