package dev.kalends.runtime;

import dev.kalends.job.LeaseId;
import dev.kalends.partition.Command;
import dev.kalends.timer.TimingWheel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The live leases of a partition, by token, and when each expires on the monotonic clock.
 *
 * <p>Renewals move a lease's deadline only; its timer finds that out when it goes off. A lease that nothing is heard of
 * for half its time is doubted: its grant may never have reached the worker, who is asked with its next claim.
 *
 * <p>Written by the partition's thread, which alone asks for doubts; the rest is read by any.
 */
final class LeaseTable {
    private static final long NS_A_MS = 1_000_000;

    private final long originNs;
    private final long quietMs;
    private final Map<String, Set<Long>> doubtedByWorker = new HashMap<>();
    private final TimingWheel wheel = new TimingWheel(0);
    private final ConcurrentMap<Long, Held> heldByToken = new ConcurrentHashMap<>();

    /** A lease. */
    static final class Held {
        private final LeaseId id;
        private final String worker;
        private final long committedMs;
        private volatile long deadlineMs;
        private boolean asked;
        private long timer;

        private Held(LeaseId id, String worker, long committedMs, long deadlineMs) {
            this.id = id;
            this.worker = worker;
            this.committedMs = committedMs;
            this.deadlineMs = deadlineMs;
        }

        /** Wall clock at which the grant was committed. */
        long committedMs() {
            return committedMs;
        }
    }

    /**
     * An empty table.
     *
     * @param ttlMs how long a lease lasts without a renewal
     */
    LeaseTable(long nowNs, long ttlMs) {
        this.originNs = nowNs;
        this.quietMs = ttlMs / 2;
    }

    /**
     * A lease begins.
     *
     * @param committedMs wall clock at which the grant was committed
     */
    void begin(LeaseId id, String worker, long committedMs, long deadlineNs) {
        Held held = new Held(id, worker, committedMs, ms(deadlineNs));
        enter(held, held.deadlineMs - quietMs);
    }

    /** A lease goes on that an earlier leader granted: the grant may have been lost with that leader. */
    void found(LeaseId id, String worker, long committedMs, long deadlineNs) {
        Held held = new Held(id, worker, committedMs, ms(deadlineNs));
        enter(held, held.deadlineMs);
        doubt(held);
    }

    private void enter(Held held, long timerMs) {
        held.timer = wheel.schedule(timerMs, held.id.token());
        heldByToken.put(held.id.token(), held);
    }

    private void doubt(Held held) {
        held.asked = true;
        doubtedByWorker.computeIfAbsent(held.worker, _ -> new LinkedHashSet<>()).add(held.id.token());
    }

    /** Whether a worker is to be asked about leases. */
    boolean doubts(String worker) {
        return doubtedByWorker.containsKey(worker);
    }

    /** Leases that a worker is to be asked about, a bounded number; each is named once, and again after a renewal. */
    List<LeaseId> takeDoubted(String worker, int limit) {
        Set<Long> tokens = doubtedByWorker.getOrDefault(worker, Set.of());
        List<LeaseId> doubted = new ArrayList<>();
        for (Iterator<Long> next = tokens.iterator(); next.hasNext() && doubted.size() < limit; next.remove()) {
            Held held = heldByToken.get(next.next());
            if (held != null && held.asked) {
                doubted.add(held.id);
            }
        }
        if (tokens.isEmpty()) {
            doubtedByWorker.remove(worker);
        }
        return doubted;
    }

    Optional<Held> find(long token) {
        return Optional.ofNullable(heldByToken.get(token));
    }

    void extend(long token, long deadlineNs) {
        Held held = heldByToken.get(token);
        if (held != null) {
            held.deadlineMs = Math.max(held.deadlineMs, ms(deadlineNs));
            held.asked = false;
        }
    }

    void end(long token) {
        Held held = heldByToken.remove(token);
        if (held != null) {
            wheel.cancel(held.timer);
            doubtedByWorker.computeIfPresent(
                    held.worker, (_, tokens) -> tokens.remove(token) && tokens.isEmpty() ? null : tokens);
        }
    }

    /** The leases that have expired by now, a bounded number; each stays until {@link #end} is called for it. */
    List<Command.LeaseExpired> expired(long nowNs, int limit) {
        List<Command.LeaseExpired> expired = new ArrayList<>();
        long nowMs = ms(nowNs);
        wheel.poll(nowMs, limit, (_, token) -> {
            Held held = heldByToken.get(token);
            if (held == null) {
                return;
            }
            if (held.deadlineMs <= nowMs) {
                expired.add(new Command.LeaseExpired(held.id.run(), token));
                return;
            }
            boolean quiet = held.deadlineMs - quietMs <= nowMs;
            if (quiet && !held.asked) {
                doubt(held);
            }
            held.timer = wheel.schedule(quiet ? held.deadlineMs : held.deadlineMs - quietMs, token);
        });
        return expired;
    }

    /** How long until a timer goes off, {@link Long#MAX_VALUE} for never. */
    long idleNs(long nowNs) {
        long nextMs = wheel.nextDueMs();
        return nextMs == Long.MAX_VALUE ? nextMs : Math.max(0, (nextMs - ms(nowNs)) * NS_A_MS);
    }

    /** Milliseconds left of a lease; empty when there is none. */
    OptionalLong leftMs(long token, long nowNs) {
        return find(token)
                .map(held -> OptionalLong.of(held.deadlineMs - ms(nowNs)))
                .orElse(OptionalLong.empty());
    }

    int size() {
        return heldByToken.size();
    }

    void clear() {
        heldByToken.clear();
        doubtedByWorker.clear();
        wheel.clear(0);
    }

    private long ms(long ns) {
        return (ns - originNs) / NS_A_MS;
    }
}
