package dev.kalends.testing;

import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.LeaseService.Entries;
import dev.kalends.lease.LeaseService.Grant;
import dev.kalends.lease.LeaseService.MemberEntry;
import dev.kalends.lease.LeaseService.PartitionEntry;
import dev.kalends.time.MonotonicClock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The coordination service of a cluster in memory, with leases that expire on a clock that a test moves. Its nodes are
 * {@link FakeCoordination}s. Usable from any thread.
 */
public final class FakeCluster {
    /** How much earlier a node stops trusting itself than its membership ends. */
    public static final long MARGIN_MS = 500;

    private final MonotonicClock clock;
    private final long memberTtlMs;
    private final TreeMap<Long, Long> endNsByLease = new TreeMap<>();
    private final TreeMap<String, MemberEntry> memberById = new TreeMap<>();
    private final TreeMap<Integer, PartitionEntry> ownerByPartition = new TreeMap<>();
    private final List<Runnable> hints = new CopyOnWriteArrayList<>();
    private long lastLease;

    public FakeCluster(MonotonicClock clock, long memberTtlMs) {
        this.clock = clock;
        this.memberTtlMs = memberTtlMs;
    }

    /** A node that has not joined. */
    public FakeCoordination node() {
        CoordinationTerms terms =
                new CoordinationTerms(memberTtlMs, MARGIN_MS, memberTtlMs / 5, (memberTtlMs - MARGIN_MS) / 2);
        return new FakeCoordination(this, terms, clock);
    }

    synchronized Grant grant(long ttlMs) {
        lastLease++;
        endNsByLease.put(lastLease, clock.nowNs() + TimeUnit.MILLISECONDS.toNanos(ttlMs));
        return new Grant(lastLease, ttlMs);
    }

    synchronized OptionalLong renew(long lease, long ttlMs) {
        expire();
        return endNsByLease.replace(lease, clock.nowNs() + TimeUnit.MILLISECONDS.toNanos(ttlMs)) == null
                ? OptionalLong.empty()
                : OptionalLong.of(ttlMs);
    }

    synchronized boolean enter(MemberEntry entry) {
        live(entry.lease());
        MemberEntry there = memberById.putIfAbsent(entry.id(), entry);
        hint();
        return there == null || there.lease() == entry.lease();
    }

    synchronized void describe(MemberEntry entry) {
        live(entry.lease());
        memberById.put(entry.id(), entry);
        hint();
    }

    synchronized boolean take(PartitionEntry entry) {
        live(entry.lease());
        PartitionEntry there = ownerByPartition.putIfAbsent(entry.partition(), entry);
        hint();
        return there == null || there.lease() == entry.lease();
    }

    synchronized void giveBack(long lease, int partition) {
        expire();
        ownerByPartition.computeIfPresent(partition, (_, entry) -> entry.lease() == lease ? null : entry);
        hint();
    }

    synchronized Entries read() {
        expire();
        return new Entries(List.copyOf(memberById.values()), List.copyOf(ownerByPartition.values()));
    }

    synchronized void revoke(long lease) {
        endNsByLease.remove(lease);
        memberById.values().removeIf(entry -> entry.lease() == lease);
        ownerByPartition.values().removeIf(entry -> entry.lease() == lease);
        hint();
    }

    void watch(Runnable hint) {
        hints.add(hint);
    }

    private void hint() {
        hints.forEach(Runnable::run);
    }

    private void live(long lease) {
        expire();
        if (!endNsByLease.containsKey(lease)) {
            throw new CoordinationException("the lease is over; lease=" + lease);
        }
    }

    private void expire() {
        long nowNs = clock.nowNs();
        endNsByLease.entrySet().stream()
                .filter(entry -> entry.getValue() - nowNs <= 0)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::revoke);
    }
}
