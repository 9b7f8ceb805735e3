package dev.kalends.testing;

import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.LeaseService;
import java.util.OptionalLong;

/** One node's line to a {@link FakeCluster}, which can be cut, and whose answers can be held up. */
public final class FakeLeases implements LeaseService {
    private final FakeCluster cluster;
    private final long ttlMs;
    private volatile boolean cut;
    private volatile boolean lost;
    private volatile Runnable onTheWayBack = () -> {};

    FakeLeases(FakeCluster cluster, long ttlMs) {
        this.cluster = cluster;
        this.ttlMs = ttlMs;
    }

    /** Cuts the line, or mends it. */
    void cut(boolean now) {
        cut = now;
    }

    /** Lets renewals and descriptions arrive, and loses their answers. */
    void loseAnswers(boolean now) {
        lost = now;
    }

    /** What happens between a renewal's handling and the arrival of its answer. */
    public void onTheWayBack(Runnable event) {
        onTheWayBack = event;
    }

    @Override
    public Grant grant(long wantedMs) {
        return reach().grant(wantedMs);
    }

    @Override
    public OptionalLong renew(long lease) {
        OptionalLong renewed = reach().renew(lease, ttlMs);
        onTheWayBack.run();
        if (lost) {
            throw new CoordinationException("no answer; lost=true");
        }
        return renewed;
    }

    @Override
    public boolean enter(long lease, String id, String text) {
        return reach().enter(new MemberEntry(id, lease, text));
    }

    @Override
    public void describe(long lease, String id, String text) {
        reach().describe(new MemberEntry(id, lease, text));
        if (lost) {
            throw new CoordinationException("no answer; lost=true");
        }
    }

    @Override
    public boolean take(long lease, int partition, String id) {
        return reach().take(new PartitionEntry(partition, lease, id));
    }

    @Override
    public void giveBack(long lease, int partition) {
        reach().giveBack(lease, partition);
    }

    @Override
    public Entries read() {
        return reach().read();
    }

    @Override
    public void revoke(long lease) {
        reach().revoke(lease);
    }

    @Override
    public void watch(Runnable hint) {
        cluster.watch(hint);
    }

    @Override
    public void close() {}

    private FakeCluster reach() {
        if (cut) {
            throw new CoordinationException("cut off from the coordination; cut=true");
        }
        return cluster;
    }
}
