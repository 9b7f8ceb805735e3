package dev.kalends.node;

import dev.kalends.api.CheckView;
import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.time.MonotonicClock;
import java.util.concurrent.TimeUnit;

/** Whether etcd or ZooKeeper answers, and how soon: who leads hangs on it. */
final class CoordinationCheck {
    private static final String NAME = "coordination";
    /** Memberships last 5 s: an answer that takes a good part of that is a danger. */
    private static final long SLOW_MS = 500;

    private CoordinationCheck() {}

    static CheckView of(String node, Coordination coordination, MonotonicClock clock) {
        long startNs = clock.nowNs();
        try {
            int members = coordination.look().standings().size();
            return judge(node, TimeUnit.NANOSECONDS.toMillis(clock.nowNs() - startNs), members);
        } catch (CoordinationException e) {
            return new CheckView(
                    node,
                    NAME,
                    "fail",
                    "it does not answer; reason=" + e.getMessage(),
                    "see that etcd or ZooKeeper runs and can be reached from this node: without it nobody leads");
        }
    }

    static CheckView judge(String node, long tookMs, int members) {
        String found = "answers in " + tookMs + " ms, " + members + (members == 1 ? " member" : " members");
        return tookMs <= SLOW_MS
                ? new CheckView(node, NAME, "ok", found, null)
                : new CheckView(
                        node, NAME, "warn", found, "look at its load and disk: a slow one loses leaderships (TTL 5 s)");
    }
}
