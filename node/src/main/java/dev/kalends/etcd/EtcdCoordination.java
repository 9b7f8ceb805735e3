package dev.kalends.etcd;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.LeaseService;
import dev.kalends.lease.LeasedCoordination;
import dev.kalends.time.MonotonicClock;
import java.util.List;

/** Opens coordination by etcd, from version 3.4. */
public final class EtcdCoordination {
    private EtcdCoordination() {}

    /**
     * Coordination that keeps itself alive by a thread of its own. It connects when it is first asked.
     *
     * @param endpoints URLs of the members of etcd, such as {@code http://127.0.0.1:2379}
     * @param cluster the name of the cluster of Kalends
     */
    public static LeasedCoordination open(
            List<String> endpoints, String cluster, CoordinationTerms terms, MonotonicClock clock) {
        return LeasedCoordination.alive(service(endpoints, cluster, terms.requestMs()), terms, clock);
    }

    /** The service alone, for {@link Coordination} that is kept alive by its caller. */
    static LeaseService service(List<String> endpoints, String cluster, long requestMs) {
        return new EtcdLeases(endpoints, cluster, requestMs);
    }
}
