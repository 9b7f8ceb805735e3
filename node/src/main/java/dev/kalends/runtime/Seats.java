package dev.kalends.runtime;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Move;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Seating;
import dev.kalends.lease.Standing;
import dev.kalends.time.MonotonicClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Which partitions this node leads: looks at the coordination service now and then, takes what {@link Seating} says,
 * and gives back in good order, that is, after the partition's loop has come to rest.
 *
 * <p>{@link #doWork} does one round when it is time for one, and blocks for round trips; a thread drives it in a node,
 * a simulator in tests. {@link #seen} and {@link #hint} may be called from any thread.
 */
public final class Seats {
    private static final System.Logger LOG = System.getLogger(Seats.class.getName());

    private static final long NS_A_MS = 1_000_000;
    private static final long LOOK_EVERY_NS = 1_000 * NS_A_MS;
    /** While partitions are handed over one by one. */
    private static final long HANDING_OVER_LOOK_NS = 100 * NS_A_MS;
    /** While a partition is on its way out: nobody leads it. */
    private static final long LEAVING_LOOK_NS = 2 * NS_A_MS;
    /** A round that takes so long is worth a word: while it lasts nothing is taken and nothing given back. */
    private static final long SLOW_NS = 250 * NS_A_MS;
    /** After this a term that goes well makes earlier failures forgotten. */
    private static final long WELL_NS = 60_000 * NS_A_MS;

    private final Coordination coordination;
    private final Seating seating;
    private final List<Replica> loops;
    private final MonotonicClock clock;
    private final Supplier<Fitness> anyhow;
    private final Map<Integer, Long> failuresByPartition = new HashMap<>();
    private final Map<Integer, Long> wellSinceNsByPartition = new HashMap<>();
    private final Set<Integer> leaving = new TreeSet<>();
    private volatile boolean hinted = true;
    private volatile Optional<Overview> seen = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();
    private volatile Runnable wake = () -> {};
    private long nextLookNs;
    private boolean slow;

    /**
     * Seats for the loops of a node.
     *
     * @param seating of the same node and number of partitions
     * @param loops in the order of their partitions, from 0
     * @param anyhow what the node is fit for, apart from what it has withdrawn from
     */
    public Seats(
            Coordination coordination,
            Seating seating,
            List<? extends Replica> loops,
            MonotonicClock clock,
            Supplier<Fitness> anyhow) {
        this.coordination = coordination;
        this.seating = seating;
        this.loops = List.copyOf(loops);
        this.clock = clock;
        this.anyhow = anyhow;
        this.nextLookNs = clock.nowNs();
        coordination.whenChanged(this::hint);
    }

    /** Something may have changed: look at once. */
    public void hint() {
        hinted = true;
        wake.run();
    }

    /** Whom to wake when there is something to do before {@link #idleNs} is over. */
    public void wakeWith(Runnable waker) {
        wake = waker;
    }

    /** What was seen last; empty before the first look. */
    public Optional<Overview> seen() {
        return seen;
    }

    /** What the last round complained of. */
    public Optional<String> problem() {
        return problem;
    }

    /** How long until the next round, in nanoseconds. */
    public long idleNs() {
        long nowNs = clock.nowNs();
        return hinted ? 0 : Math.max(0, leaving.isEmpty() ? nextLookNs - nowNs : LEAVING_LOOK_NS);
    }

    /** Does what there is to do now; false when it was nothing. */
    public boolean doWork() {
        boolean worked = finishLeaving();
        long nowNs = clock.nowNs();
        if (!hinted && nowNs - nextLookNs < 0) {
            return worked;
        }
        hinted = false;
        nextLookNs = nowNs + LOOK_EVERY_NS;
        try {
            round(nowNs);
            if (seating.isHandingOver()) {
                nextLookNs = nowNs + HANDING_OVER_LOOK_NS;
            }
            problem = Optional.empty();
            noteSlow(clock.nowNs() - nowNs);
        } catch (CoordinationException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
        return true;
    }

    /** The first slow round after a quick one is told: a service that stays slow would fill the log. */
    private void noteSlow(long tookNs) {
        boolean isSlow = tookNs >= SLOW_NS;
        if (isSlow && !slow) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "looking after who leads what took long: the coordination service, its disk or this machine is"
                            + " busy; tookMs=" + tookNs / NS_A_MS);
        }
        slow = isSlow;
    }

    private void round(long nowNs) {
        loops.forEach(loop -> judge(loop, nowNs));
        Fitness fitness = seating.fitness(anyhow.get(), nowNs);
        coordination.declare(fitness);
        Overview overview = coordination.look();
        seen = Optional.of(overview);
        for (Move move : seating.decide(overview, fitness, nowNs)) {
            switch (move) {
                case Move.Take take -> take(take.partition());
                case Move.GiveBack back -> leave(back.partition());
            }
        }
        for (Map.Entry<Integer, String> owned : overview.ownerByPartition().entrySet()) {
            resume(owned.getKey(), overview.standing(owned.getValue()), fitness, nowNs);
        }
    }

    /** An answer that was lost, or a term before this one, left a partition to this node that it does not know of. */
    private void resume(int partition, Optional<Standing> owner, Fitness fitness, long nowNs) {
        boolean mine = owner.isPresent() && owner.get().member().id().equals(seating.self());
        if (mine
                && partition < loops.size()
                && fitness.fitFor(partition)
                && !leaving.contains(partition)
                && !coordination.trusted(partition, nowNs)) {
            take(partition);
        }
    }

    private void take(int partition) {
        Replica loop = loops.get(partition);
        if (!leaving.contains(partition) && coordination.tryOwn(partition)) {
            loop.seat().take();
        }
    }

    private void leave(int partition) {
        loops.get(partition).seat().giveUp();
        leaving.add(partition);
    }

    /** Gives back what has come to rest. */
    private boolean finishLeaving() {
        boolean worked = false;
        for (int partition : Set.copyOf(leaving)) {
            if (loops.get(partition).seat().atRest()) {
                coordination.release(partition);
                leaving.remove(partition);
                worked = true;
            }
        }
        return worked;
    }

    private void judge(Replica loop, long nowNs) {
        int partition = loop.partition();
        long failures = loop.seat().failures();
        long known = failuresByPartition.getOrDefault(partition, 0L);
        // A replica that was made anew counts from none.
        failuresByPartition.put(partition, failures);
        if (failures > known) {
            wellSinceNsByPartition.remove(partition);
            seating.failed(partition, nowNs);
        } else if (!loop.status().leading()) {
            wellSinceNsByPartition.remove(partition);
        } else if (nowNs - wellSinceNsByPartition.computeIfAbsent(partition, _ -> nowNs) >= WELL_NS) {
            seating.succeeded(partition);
        }
    }
}
