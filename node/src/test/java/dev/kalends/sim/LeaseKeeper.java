package dev.kalends.sim;

import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.LeaseService.Entries;
import dev.kalends.lease.LeaseService.Grant;
import dev.kalends.lease.LeaseService.MemberEntry;
import dev.kalends.lease.LeaseService.PartitionEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The lease service itself, which also remembers until when each node really owned each partition. */
final class LeaseKeeper {
    private record Owned(String node, int partition) {}

    private final Timeline timeline;
    private final TreeMap<Long, Long> endMsByLease = new TreeMap<>();
    private final TreeMap<String, MemberEntry> memberById = new TreeMap<>();
    private final TreeMap<Integer, PartitionEntry> ownerByPartition = new TreeMap<>();
    private final Map<Owned, Long> ownedUntilMs = new HashMap<>();
    private final List<Runnable> watchers = new ArrayList<>();
    private long lastLease;
    private long excusedUntilMs = -1;

    LeaseKeeper(Timeline timeline) {
        this.timeline = timeline;
    }

    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    Grant grant(long ttlMs) {
        lastLease++;
        endMsByLease.put(lastLease, timeline.elapsedMs() + ttlMs);
        expireAt(ttlMs);
        return new Grant(lastLease, ttlMs);
    }

    private void expireAt(long inMs) {
        timeline.after(inMs, this::expire);
    }

    OptionalLong renew(long lease, long ttlMs) {
        expire();
        if (!endMsByLease.containsKey(lease)) {
            return OptionalLong.empty();
        }
        endMsByLease.put(lease, timeline.elapsedMs() + ttlMs);
        expireAt(ttlMs);
        return OptionalLong.of(ttlMs);
    }

    boolean enter(MemberEntry entry) {
        live(entry.lease());
        MemberEntry there = memberById.putIfAbsent(entry.id(), entry);
        changed();
        return there == null || there.lease() == entry.lease();
    }

    void describe(MemberEntry entry) {
        live(entry.lease());
        memberById.put(entry.id(), entry);
        changed();
    }

    boolean take(PartitionEntry entry) {
        live(entry.lease());
        PartitionEntry there = ownerByPartition.putIfAbsent(entry.partition(), entry);
        changed();
        return there == null || there.lease() == entry.lease();
    }

    void giveBack(long lease, int partition) {
        expire();
        Optional.ofNullable(ownerByPartition.get(partition))
                .filter(entry -> entry.lease() == lease)
                .ifPresent(this::free);
        changed();
    }

    Entries read() {
        expire();
        return new Entries(List.copyOf(memberById.values()), List.copyOf(ownerByPartition.values()));
    }

    void revoke(long lease) {
        endMsByLease.remove(lease);
        memberById.values().removeIf(entry -> entry.lease() == lease);
        List.copyOf(ownerByPartition.values()).stream()
                .filter(entry -> entry.lease() == lease)
                .forEach(this::free);
        changed();
    }

    /**
     * Ends the lease of a node before its time, as a service that lost its data does. The node trusts itself for a
     * while all the same: this is why what a leader grants counts from when its right was last confirmed.
     */
    void lose(String node) {
        excusedUntilMs = timeline.elapsedMs() + LeaseLine.TERMS.ttlMs();
        Optional.ofNullable(memberById.get(node)).ifPresent(entry -> revoke(entry.lease()));
    }

    private void free(PartitionEntry entry) {
        ownerByPartition.remove(entry.partition());
        ownedUntilMs.put(new Owned(entry.id(), entry.partition()), timeline.elapsedMs());
    }

    /** Who really owns a partition now. */
    Optional<String> owner(int partition) {
        return Optional.ofNullable(ownerByPartition.get(partition)).map(PartitionEntry::id);
    }

    /** Whether a node owned a partition at some moment since another one, as far as that can be asked of it. */
    boolean ownedSince(String node, int partition, long elapsedMs) {
        return elapsedMs <= excusedUntilMs
                || owner(partition).filter(node::equals).isPresent()
                || ownedUntilMs.getOrDefault(new Owned(node, partition), -1L) >= elapsedMs;
    }

    private void changed() {
        watchers.forEach(Runnable::run);
    }

    private void live(long lease) {
        expire();
        if (!endMsByLease.containsKey(lease)) {
            throw new CoordinationException("the lease is over; lease=" + lease);
        }
    }

    private void expire() {
        endMsByLease.entrySet().stream()
                .filter(entry -> entry.getValue() <= timeline.elapsedMs())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::revoke);
    }
}
