package dev.kalends.lease;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One unbroken membership as its holder knows it: a lease, until when it is trusted, and what is owned under it.
 *
 * <p>The trust window. The service counts the TTL from the moment it handles a renewal, which the node does not know;
 * it knows when it sent the request, and that is earlier. So
 *
 * <pre>
 *   sent        handled                                      over at the service
 *    |-- way ----|------------------- TTL -----------------------|
 *    |------------------ TTL - margin ------------|  trust ends here, before it
 * </pre>
 *
 * however long the request or the answer was on its way. The margin is for two clocks that do not run at one speed. An
 * answer may come so late that its window is over already: it is taken all the same, and gives no trust. Trust that
 * ended may come back under the same lease: the lease never ended, so nobody else can have taken what is owned under
 * it. A lease that is over never comes back: what was owned under it is not owned any more.
 */
record Tenure(long lease, long ttlMs, long trustedUntilNs, Set<Integer> owned) {
    Tenure {
        owned = Set.copyOf(owned);
    }

    /** Begins with the grant of a lease that was asked for at an instant. */
    static Tenure begin(LeaseService.Grant grant, long sentNs, long marginMs) {
        return new Tenure(
                grant.lease(),
                grant.ttlMs(),
                sentNs + TimeUnit.MILLISECONDS.toNanos(grant.ttlMs() - marginMs),
                Set.of());
    }

    /** After a renewal that was sent at an instant and has been confirmed. An older one changes nothing. */
    Tenure renewed(long sentNs, long confirmedTtlMs, long marginMs) {
        long untilNs = sentNs + TimeUnit.MILLISECONDS.toNanos(Math.min(ttlMs, confirmedTtlMs) - marginMs);
        return untilNs - trustedUntilNs > 0 ? new Tenure(lease, ttlMs, untilNs, owned) : this;
    }

    Tenure with(int partition) {
        if (owned.contains(partition)) {
            return this;
        }
        Set<Integer> more = new TreeSet<>(owned);
        more.add(partition);
        return new Tenure(lease, ttlMs, trustedUntilNs, more);
    }

    Tenure without(int partition) {
        Set<Integer> fewer = new TreeSet<>(owned);
        return fewer.remove(partition) ? new Tenure(lease, ttlMs, trustedUntilNs, fewer) : this;
    }

    boolean trusted(long nowNs) {
        return trustedUntilNs - nowNs > 0;
    }

    /** How long ago the renewal was sent that was confirmed last, rounded up. */
    long confirmedAgoMs(long nowNs, long marginMs) {
        long sentNs = trustedUntilNs - TimeUnit.MILLISECONDS.toNanos(ttlMs - marginMs);
        return Math.max(0, Math.ceilDiv(nowNs - sentNs, TimeUnit.MILLISECONDS.toNanos(1)));
    }
}
