package dev.kalends.zookeeper;

import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.LeasedCoordination;
import dev.kalends.time.MonotonicClock;

/** Opens coordination by ZooKeeper, from version 3.6. */
public final class ZooKeeperCoordination {
    private ZooKeeperCoordination() {}

    /**
     * Coordination that keeps itself alive by a thread of its own. It connects when it is first asked.
     *
     * @param servers where the servers listen, such as {@code 127.0.0.1:2181,127.0.0.1:2182}
     * @param cluster the name of the cluster of Kalends
     */
    public static LeasedCoordination open(
            String servers, String cluster, CoordinationTerms terms, MonotonicClock clock) {
        CoordinationTerms wide = terms(terms.ttlMs());
        return LeasedCoordination.alive(new ZooKeeperLeases(servers, cluster, wide), wide, clock);
    }

    /**
     * The terms for a TTL, with a margin of two fifths. A server tells the leader of the ensemble every half tick whom
     * it has heard, and what it has not told dies with it: then the session is older at the leader than we think, by
     * our pause between renewals and that half tick (a second, usually).
     */
    static CoordinationTerms terms(long ttlMs) {
        return new CoordinationTerms(ttlMs, ttlMs * 2 / 5, ttlMs / 5, ttlMs * 3 / 10);
    }
}
