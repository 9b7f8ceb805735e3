package dev.kalends.testing;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One node's side of a {@link FakeCluster}: it can be cut off, and renews only when a test says so. */
public final class FakeCoordination implements Coordination {
    private final FakeCluster cluster;
    private volatile Optional<Member> self = Optional.empty();
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
    private final AtomicLong trustedUntilNs = new AtomicLong();
    private volatile boolean cut;

    FakeCoordination(FakeCluster cluster) {
        this.cluster = cluster;
    }

    /** Cuts the node off: every call that needs the service fails from now on. */
    public void cutOff() {
        cut = true;
    }

    /** Ends {@link #cutOff}. */
    public void reconnect() {
        cut = false;
    }

    /** Renews the membership; throws when it is cut off or the membership is over. */
    public void renew() {
        Member member = reach();
        if (!cluster.has(member)) {
            owned.clear();
            throw new CoordinationException("the membership is over; member=" + member.id());
        }
        trustedUntilNs.set(cluster.renew(member));
    }

    @Override
    public void join(Member member) {
        if (cut || self.isPresent()) {
            throw new CoordinationException("cannot join; member=" + member.id() + " cut=" + cut);
        }
        if (cluster.has(member)) {
            throw new CoordinationException("the id is taken; member=" + member.id());
        }
        trustedUntilNs.set(cluster.renew(member));
        self = Optional.of(member);
    }

    @Override
    public List<Member> members() {
        reach();
        return cluster.members();
    }

    @Override
    public boolean tryOwn(int partition) {
        boolean owns = cluster.own(partition, reach());
        if (owns) {
            owned.add(partition);
        }
        return owns;
    }

    @Override
    public void release(int partition) {
        owned.remove(partition);
        if (!cut) {
            self.ifPresent(member -> cluster.release(partition, member));
        }
    }

    @Override
    public Optional<Ownership> owner(int partition) {
        reach();
        return cluster.owner(partition).map(member -> new Ownership(partition, member, leftMs(member)));
    }

    @Override
    public boolean trusted(int partition, long monotonicNowNs) {
        return owned.contains(partition) && trustedUntilNs.get() - monotonicNowNs > 0;
    }

    @Override
    public void close() {
        owned.clear();
        self.filter(_ -> !cut).ifPresent(cluster::leave);
        self = Optional.empty();
    }

    private long leftMs(Member owner) {
        return self.filter(owner::equals).isPresent()
                ? TimeUnit.NANOSECONDS.toMillis(trustedUntilNs.get() - cluster.nowNs())
                : 0;
    }

    private Member reach() {
        if (cut) {
            throw new CoordinationException("cut off from the coordination; cut=true");
        }
        return self.orElseThrow(() -> new CoordinationException("not a member; joined=false"));
    }
}
