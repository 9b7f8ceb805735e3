package dev.kalends.testing;

import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.CoordinationException;
import dev.kalends.time.MonotonicClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The coordination service of a cluster in memory, with memberships that expire on a clock that a test moves. Its nodes
 * are {@link FakeCoordination}s. Usable from any thread.
 */
public final class FakeCluster {
    /** How much earlier a node stops trusting itself than its membership ends. */
    public static final long MARGIN_MS = 500;

    private final MonotonicClock clock;
    private final long memberTtlMs;
    private final Map<String, Long> endsNsByMember = new HashMap<>();
    private final TreeMap<String, Member> memberById = new TreeMap<>();
    private final Map<Integer, String> ownerByPartition = new HashMap<>();

    public FakeCluster(MonotonicClock clock, long memberTtlMs) {
        this.clock = clock;
        this.memberTtlMs = memberTtlMs;
    }

    /** A node that has not joined. */
    public FakeCoordination node() {
        return new FakeCoordination(this);
    }

    /** Renews or begins a membership; returns until when it may be trusted. */
    synchronized long renew(Member member) {
        expire();
        long ttlNs = TimeUnit.MILLISECONDS.toNanos(memberTtlMs);
        memberById.put(member.id(), member);
        endsNsByMember.put(member.id(), clock.nowNs() + ttlNs);
        return clock.nowNs() + ttlNs - TimeUnit.MILLISECONDS.toNanos(MARGIN_MS);
    }

    synchronized boolean has(Member member) {
        expire();
        return memberById.containsKey(member.id());
    }

    synchronized void leave(Member member) {
        memberById.remove(member.id());
        endsNsByMember.remove(member.id());
        ownerByPartition.values().removeIf(member.id()::equals);
    }

    synchronized List<Member> members() {
        expire();
        return List.copyOf(memberById.values());
    }

    synchronized boolean own(int partition, Member member) {
        if (!has(member)) {
            throw new CoordinationException("not a member; partition=" + partition + " member=" + member.id());
        }
        return ownerByPartition.computeIfAbsent(partition, _ -> member.id()).equals(member.id());
    }

    synchronized void release(int partition, Member member) {
        ownerByPartition.remove(partition, member.id());
    }

    synchronized Optional<Member> owner(int partition) {
        expire();
        return Optional.ofNullable(ownerByPartition.get(partition))
                .flatMap(id -> Optional.ofNullable(memberById.get(id)));
    }

    private void expire() {
        long nowNs = clock.nowNs();
        List<Member> over = memberById.values().stream()
                .filter(member -> endsNsByMember.getOrDefault(member.id(), nowNs) - nowNs <= 0)
                .toList();
        over.forEach(this::leave);
    }

    long nowNs() {
        return clock.nowNs();
    }
}
