package dev.kalends.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What goes wrong in a history. The seed says which kinds it has, because all at once would hide each other, and each
 * kind has dice of its own: so a fault that is switched off changes nothing of what the dice of others say.
 */
final class Faults {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** What can go wrong, and in one history of how many it may. */
    enum Kind {
        LOST_MESSAGE(2),
        DOUBLED_MESSAGE(2),
        LATE_MESSAGE(3),
        NODE_DIES(2),
        NODE_DIES_AT_A_COMMIT(2),
        WORKER_DIES(2),
        WORKER_FREEZES(2),
        CLOCK_JUMPS(3),
        SLOW_DISK(4),
        NOT_WRITTEN(4),
        FULL_DISK(5),
        NODE_FREEZES(2),
        EMPTY_DISK(3),
        REPLICA_FALLS_BACK(2),
        CUT_FROM_COORDINATION(3),
        CUT_FROM_JOURNAL(3),
        CUT_FROM_OTHERS(3),
        LEASE_LOST(3),
        LATE_RENEWAL(2),
        COORDINATION_ANSWER_LOST(3),
        HINT_LOST(2),
        COMMIT_IN_DOUBT(3),
        LATE_COMMIT(3),
        LATE_DELIVERY(2),
        LOST_TICKET(2),
        DOUBLED_TICKET(2),
        LATE_TICKET(2),
        NODE_DRAINS(3);

        private final int oneHistoryIn;

        Kind(int oneHistoryIn) {
            this.oneHistoryIn = oneHistoryIn;
        }
    }

    /** One fault, by its kind and by which throw of that kind's dice it came from. */
    record Fault(Kind kind, long draw) {
        @Override
        public String toString() {
            return kind + "/" + draw;
        }
    }

    /** The dice of a kind. */
    private static final class Dice {
        private final Random random;
        private final boolean inUse;
        private long draws;

        Dice(long seed, Kind kind) {
            this.random = new Random((seed * GOLDEN + kind.ordinal() + 1) * GOLDEN);
            this.inUse = random.nextInt(kind.oneHistoryIn) == 0;
        }
    }

    private final long seed;
    private final Timeline timeline;
    private final Predicate<Fault> allowed;
    private final Map<Kind, Dice> diceByKind = new EnumMap<>(Kind.class);
    private final List<Fault> happened = new ArrayList<>();
    private Random measures = new Random(0);
    private boolean over;

    /**
     * The faults of a seed.
     *
     * @param allowed which may happen; what it says no to is switched off
     */
    Faults(long seed, Timeline timeline, Predicate<Fault> allowed) {
        this.seed = seed;
        this.timeline = timeline;
        this.allowed = allowed;
        for (Kind kind : Kind.values()) {
            diceByKind.put(kind, new Dice(seed, kind));
        }
    }

    /** From now on everything works. */
    void end() {
        over = true;
    }

    boolean over() {
        return over;
    }

    /** Whether a history has a kind at all. */
    boolean has(Kind kind) {
        return Optional.ofNullable(diceByKind.get(kind))
                .filter(dice -> dice.inUse)
                .isPresent();
    }

    /** Whether a fault happens now; its measure is drawn by {@link #measure}. */
    boolean now(Kind kind, int oneIn) {
        Dice dice = diceByKind.get(kind);
        if (over || dice == null || !dice.inUse) {
            return false;
        }
        long draw = dice.draws++;
        if (dice.random.nextInt(oneIn) != 0) {
            return false;
        }
        Fault fault = new Fault(kind, draw);
        if (!allowed.test(fault)) {
            return false;
        }
        happened.add(fault);
        timeline.log("fault " + fault);
        measures = new Random((seed * GOLDEN + kind.ordinal() + 1) * GOLDEN + draw * 31);
        return true;
    }

    /** How long, or which one, of the fault that happens now: from 0 to below a bound. */
    int measure(int bound) {
        return measures.nextInt(bound);
    }

    /** What happened so far, in order; a fault's number is its place, from 1. */
    List<Fault> happened() {
        return List.copyOf(happened);
    }
}
