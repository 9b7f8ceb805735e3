package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Standing;
import dev.kalends.relay.EventTold;
import dev.kalends.relay.PeerException;
import dev.kalends.runtime.Event;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.PartitionHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Fetches events of partitions that are not held here into this node's own stream, while somebody listens and for a
 * minute after: a virtual thread a partition asks a node that holds it, as long as that answers, then another.
 *
 * <p>Where events may be missing the stream says so, by a notice in its place: when fetching begins, when another node
 * is asked, and when the partition comes to be held here. Called from any thread.
 */
final class FarEvents {
    /** How long it goes on after the last one who listened. */
    static final long LINGER_NS = TimeUnit.MINUTES.toNanos(1);

    private static final long WAIT_MS = 2_000;
    private static final long BEGUN_WITHIN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Between one question and the next: what happens meanwhile comes with it. */
    private static final long BREATH_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long UNKNOWN = -1;

    private final Services services;
    private final Fleet fleet;
    /** Partitions that a thread fetches, and where it is at the node that it asks. */
    private final Map<Integer, Place> placeByPartition = new ConcurrentHashMap<>();

    private volatile long listenedNs;

    /** At whom a partition is asked for, and from where on; no one, or from nowhere, while that is not known. */
    private record Place(Optional<Member> at, long cursor) {
        static final Place NOWHERE = new Place(Optional.empty(), UNKNOWN);
    }

    FarEvents(Services services, Fleet fleet) {
        this.services = services;
        this.fleet = fleet;
    }

    /** Partitions whose events come from other nodes. */
    Set<Integer> partitions() {
        Set<Integer> far = new TreeSet<>();
        for (PartitionHandle handle : services.partitions().all()) {
            if (!handle.isReadHere()) {
                far.add(handle.partition());
            }
        }
        return far;
    }

    /** Somebody listens, now or a moment ago. */
    void listened() {
        listenedNs = services.clocks().monotonic().nowNs();
        for (int partition : partitions()) {
            if (placeByPartition.putIfAbsent(partition, Place.NOWHERE) == null) {
                Thread.ofVirtual().name("far-events-" + partition).start(() -> fetch(partition));
            }
        }
    }

    /** Waits a moment until everything that is not held here is being fetched, as far as somebody answers. */
    void awaitBegun() throws InterruptedException {
        long startNs = services.clocks().monotonic().nowNs();
        while (placeByPartition.values().stream().anyMatch(place -> place.cursor() == UNKNOWN)
                && services.clocks().monotonic().nowNs() - startNs < BEGUN_WITHIN_NS) {
            services.pause().pauseNs(LOOK_NS);
        }
    }

    private void fetch(int partition) {
        PartitionHandle handle = services.partitions().all().get(partition);
        try {
            while (services.clocks().monotonic().nowNs() - listenedNs < LINGER_NS && !handle.isReadHere()) {
                services.pause().pauseNs(step(partition) ? BREATH_NS : RETRY_NS);
            }
            if (handle.isReadHere()) {
                gap(partition, "this node holds the partition from now on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            placeByPartition.remove(partition);
        }
    }

    /** Asks once; false when nobody answered. */
    private boolean step(int partition) throws InterruptedException {
        Place place = placeByPartition.getOrDefault(partition, Place.NOWHERE);
        Optional<Member> at = place.at().filter(this::isMember).or(() -> holder(partition));
        if (at.isEmpty()) {
            return false;
        }
        long cursor = at.equals(place.at()) ? place.cursor() : UNKNOWN;
        try {
            EventTold told = fleet.peers().events(at.get(), partition, cursor, cursor == UNKNOWN ? 0 : WAIT_MS);
            if (cursor == UNKNOWN || told.gap()) {
                gap(partition, "they come from node " + at.get().id() + " from now on");
            }
            services.events().add(told.events());
            placeByPartition.put(partition, new Place(at, told.next()));
            return true;
        } catch (PeerException | ApiException e) {
            placeByPartition.put(partition, Place.NOWHERE);
            return false;
        }
    }

    private boolean isMember(Member member) {
        return fleet.overview().get().standing(member.id()).isPresent();
    }

    /** The leader, else somebody who is fit for it. */
    private Optional<Member> holder(int partition) {
        Overview seen = fleet.overview().get();
        return seen.owner(partition)
                .or(() -> seen.standings().stream()
                        .filter(standing -> standing.fitness().fitFor(partition))
                        .findFirst())
                .map(Standing::member)
                .filter(member -> !member.id().equals(fleet.self()));
    }

    private void gap(int partition, String why) {
        String detail = "events of partition " + partition + " may be missing before this one: " + why;
        services.events()
                .add(List.of(
                        new Event(services.clocks().nowMs(), partition, new Event.What.Notice(EventRing.GAP, detail))));
    }
}
