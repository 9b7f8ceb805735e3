package dev.kalends.runtime;

import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.timer.TimingWheel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The live leases of a partition, by token, and when each expires on the monotonic clock.
 *
 * <p>Renewals move a lease's deadline only; its timer finds that out when it goes off. Written by the partition's
 * thread, read by any.
 */
final class LeaseTable {
    private static final long NS_A_MS = 1_000_000;

    private final long originNs;
    private final TimingWheel wheel = new TimingWheel(0);
    private final ConcurrentMap<Long, Held> heldByToken = new ConcurrentHashMap<>();

    /** A lease. */
    static final class Held {
        private final RunId run;
        private final long committedMs;
        private volatile long deadlineMs;
        private long timer;

        private Held(RunId run, long committedMs) {
            this.run = run;
            this.committedMs = committedMs;
        }

        /** Wall clock at which the grant was committed. */
        long committedMs() {
            return committedMs;
        }
    }

    LeaseTable(long nowNs) {
        this.originNs = nowNs;
    }

    void begin(RunId run, long token, long committedMs, long deadlineNs) {
        Held held = new Held(run, committedMs);
        held.deadlineMs = ms(deadlineNs);
        held.timer = wheel.schedule(held.deadlineMs, token);
        heldByToken.put(token, held);
    }

    Optional<Held> find(long token) {
        return Optional.ofNullable(heldByToken.get(token));
    }

    void extend(long token, long deadlineNs) {
        Held held = heldByToken.get(token);
        if (held != null) {
            held.deadlineMs = Math.max(held.deadlineMs, ms(deadlineNs));
        }
    }

    void end(long token) {
        Held held = heldByToken.remove(token);
        if (held != null) {
            wheel.cancel(held.timer);
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
            if (held.deadlineMs > nowMs) {
                held.timer = wheel.schedule(held.deadlineMs, token);
            } else {
                expired.add(new Command.LeaseExpired(held.run, token));
            }
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
        wheel.clear(0);
    }

    private long ms(long ns) {
        return (ns - originNs) / NS_A_MS;
    }
}
