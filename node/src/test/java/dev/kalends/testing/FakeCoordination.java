package dev.kalends.testing;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.LeasedCoordination;
import dev.kalends.lease.LeasedCoordination.Kept;
import dev.kalends.lease.Overview;
import dev.kalends.time.MonotonicClock;
import java.util.Optional;

/** One node's side of a {@link FakeCluster}: it can be cut off, and renews only when a test says so. */
public final class FakeCoordination implements Coordination {
    private final FakeLeases leases;
    private final LeasedCoordination leased;

    FakeCoordination(FakeCluster cluster, CoordinationTerms terms, MonotonicClock clock) {
        this.leases = new FakeLeases(cluster, terms.ttlMs());
        this.leased = LeasedCoordination.stepped(leases, terms, clock);
    }

    /** Cuts the node off: every call that needs the service fails from now on. */
    public void cutOff() {
        leases.cut(true);
    }

    /** Ends {@link #cutOff}. */
    public void reconnect() {
        leases.cut(false);
    }

    /** The line to the cluster. */
    public FakeLeases leases() {
        return leases;
    }

    /** One round of keeping alive. */
    public Kept keepAlive() {
        return leased.keepAlive();
    }

    /** Renews the membership; throws when it is cut off or the membership is over. */
    public void renew() {
        Kept kept = leased.keepAlive();
        if (kept != Kept.HELD) {
            throw new CoordinationException("not renewed; kept=" + kept + " problem=" + leased.problem());
        }
    }

    @Override
    public void join(Member member) {
        leased.join(member);
    }

    @Override
    public void declare(Fitness fitness) {
        leased.declare(fitness);
    }

    @Override
    public Overview look() {
        return leased.look();
    }

    @Override
    public void whenChanged(Runnable hint) {
        leased.whenChanged(hint);
    }

    @Override
    public boolean tryOwn(int partition) {
        return leased.tryOwn(partition);
    }

    @Override
    public void release(int partition) {
        leased.release(partition);
    }

    @Override
    public Optional<Ownership> owner(int partition) {
        return leased.owner(partition);
    }

    @Override
    public boolean trusted(int partition, long monotonicNowNs) {
        return leased.trusted(partition, monotonicNowNs);
    }

    @Override
    public long confirmedAgoMs(int partition, long monotonicNowNs) {
        return leased.confirmedAgoMs(partition, monotonicNowNs);
    }

    @Override
    public void close() {
        leased.close();
    }
}
