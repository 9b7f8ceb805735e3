package dev.kalends.runtime;

import dev.kalends.lease.Holding;
import dev.kalends.lease.Overview;
import dev.kalends.time.MonotonicClock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Which partitions this node holds replicas of, where not every node holds all: does what {@link Holding} says.
 *
 * <p>{@link #round} is one look at what {@link Seats} saw last; it may block while a replica is opened or removed, so
 * it has a thread of its own in a node. {@link #unfit} may be called from any thread.
 */
public final class Replicas {
    private static final System.Logger LOG = System.getLogger(Replicas.class.getName());

    private final Holding holding;
    private final List<ReplicaSlot> slots;
    private final Supplier<Optional<Overview>> seen;
    private final MonotonicClock clock;
    private volatile Set<Integer> givenBack = Set.of();

    /**
     * Replicas of a node.
     *
     * @param slots in the order of their partitions, from 0
     * @param seen the latest look; empty before the first
     */
    public Replicas(Holding holding, List<ReplicaSlot> slots, Supplier<Optional<Overview>> seen, MonotonicClock clock) {
        this.holding = holding;
        this.slots = List.copyOf(slots);
        this.seen = seen;
        this.clock = clock;
    }

    /** What the node cannot lead: what it does not hold, what has to catch up first, and what others shall lead. */
    public Set<Integer> unfit() {
        Set<Integer> unfit = new TreeSet<>(givenBack);
        slots.stream()
                .filter(slot -> !slot.isCurrent())
                .map(ReplicaSlot::partition)
                .forEach(unfit::add);
        return unfit;
    }

    /** Begins and ends what there is to begin and end now. */
    public void round() {
        Optional<Overview> overview = seen.get();
        if (overview.isEmpty()) {
            return;
        }
        Set<Integer> held = new TreeSet<>();
        slots.stream().filter(ReplicaSlot::held).map(ReplicaSlot::partition).forEach(held::add);
        Holding.Plan plan = holding.decide(overview.get(), held, clock.nowNs());
        givenBack = plan.unfit();
        for (int partition : plan.end()) {
            LOG.log(System.Logger.Level.INFO, "partition " + partition + " is held by others: its replica here ends");
            slots.get(partition).end();
        }
        for (int partition : plan.begin()) {
            LOG.log(System.Logger.Level.INFO, "partition " + partition + " is held here from now on: it catches up");
            slots.get(partition).begin();
        }
    }
}
