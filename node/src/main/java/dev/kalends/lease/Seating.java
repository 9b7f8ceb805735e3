package dev.kalends.lease;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decides which partitions one member should lead, from what it sees at each look. Each member has one, and they agree
 * without talking, because they rank alike ({@link Rendezvous}); where they do not see alike for a moment,
 * {@link Coordination#tryOwn} lets one have it.
 *
 * <ul>
 *   <li>A free partition is taken by the best of the members that are fit for it, at once. The next takes it
 *       when it has been free for a while, and so on: a member that is fit by its own word and does nothing stops
 *       nobody.
 *   <li>A partition that is led stays where it is, unless its owner is not fit for it any more, or the best fit
 *       member is another one and has been the best for {@code settledMs} without a break. The owner gives it back
 *       then, one partition a round, so that a node that comes home is not met by all its partitions at once.
 *   <li>A member that drains gives back one partition after the other, each when the one before has an owner again: the
 *       others take them over faster one by one, and whoever waits for one waits less. Whatever else makes a member
 *       unfit makes it give back all at once.
 *   <li>A leader that failed withdraws, longer each time. Meanwhile it says of itself that it is not fit for that
 *       partition, so that others do not wait for it.
 * </ul>
 *
 * <p>No clock, no thread, no requests: instants come from the caller and are monotonic nanoseconds of one clock. For
 * one thread.
 */
public final class Seating {
    private final String self;
    private final int partitions;
    private final SeatingTerms terms;

    /** Who is best for a partition, and since when without a break, as this node has seen it. */
    private final Map<Integer, Best> bestByPartition = new HashMap<>();

    private final Map<Integer, Long> freeSinceNsByPartition = new HashMap<>();
    private final Map<Integer, Withdrawal> withdrawalByPartition = new HashMap<>();
    /** Whether the node was fit for nothing when it was last asked. */
    private boolean outOfOrder;

    private boolean handingOver;
    private OptionalLong handedOverNs = OptionalLong.empty();

    public Seating(String self, int partitions, SeatingTerms terms) {
        this.self = self;
        this.partitions = partitions;
        this.terms = terms;
    }

    /** The member that this is for. */
    public String self() {
        return self;
    }

    /** Another tenure is another one: who was away begins anew. */
    private record Best(String id, long tenure, long sinceNs) {}

    private record Withdrawal(int failures, long untilNs) {}

    /** Notes that leading a partition failed. */
    public void failed(int partition, long nowNs) {
        int failures = Optional.ofNullable(withdrawalByPartition.get(partition))
                        .map(Withdrawal::failures)
                        .orElse(0)
                + 1;
        long doubled = terms.backoffMs() << Math.min(failures - 1, 30);
        long backoffMs = Math.min(terms.backoffMaxMs(), doubled);
        withdrawalByPartition.put(partition, new Withdrawal(failures, nowNs + MILLISECONDS.toNanos(backoffMs)));
    }

    /** Notes that a partition has been led well for a while: its failures are forgotten. */
    public void succeeded(int partition) {
        withdrawalByPartition.remove(partition);
    }

    /**
     * What the node should declare: what it is fit for anyhow, without what it has withdrawn from. What failed while it
     * was fit for nothing failed because of that: once that is over it waits no longer.
     */
    public Fitness fitness(Fitness anyhow, long nowNs) {
        if (outOfOrder && anyhow.unfitBecause().isEmpty()) {
            withdrawalByPartition.clear();
        }
        outOfOrder = anyhow.unfitBecause().isPresent();
        Set<Integer> withdrawn = new HashSet<>();
        withdrawalByPartition.forEach((partition, withdrawal) -> {
            if (withdrawal.untilNs() - nowNs > 0) {
                withdrawn.add(partition);
            }
        });
        return withdrawn.isEmpty() ? anyhow : anyhow.without(withdrawn);
    }

    /**
     * What to do now.
     *
     * @param seen the latest look
     * @param own what this node is fit for, by {@link #fitness}: what others see of it may be older
     */
    public List<Move> decide(Overview seen, Fitness own, long nowNs) {
        List<List<String>> orders = Rendezvous.spread(IntStream.range(0, partitions)
                .mapToObj(partition -> fitFor(seen, own, partition))
                .toList());
        List<Move> moves = new ArrayList<>();
        boolean handedOver = false;
        boolean draining = own.unfitBecause().filter(Fitness.DRAINING::equals).isPresent();
        handingOver = false;
        for (int partition = 0; partition < partitions; partition++) {
            List<String> fit = orders.get(partition);
            remember(seen, partition, fit, nowNs);
            Optional<Standing> owner = seen.owner(partition);
            if (owner.isEmpty()) {
                int rank = fit.indexOf(self);
                long patienceNs = MILLISECONDS.toNanos(terms.patienceMs()) * rank;
                if (rank >= 0 && nowNs - freeSinceNsByPartition.getOrDefault(partition, nowNs) >= patienceNs) {
                    moves.add(new Move.Take(partition));
                }
            } else if (owner.get().member().id().equals(self)) {
                if (draining && !fit.isEmpty()) {
                    handingOver = true;
                    if (!handedOver && mayHandOver(seen, nowNs)) {
                        moves.add(new Move.GiveBack(partition, Fitness.DRAINING));
                        handedOver = true;
                        handedOverNs = OptionalLong.of(nowNs);
                    }
                } else if (!own.fitFor(partition)) {
                    String why = own.unfitBecause().orElse("not fit for this partition");
                    moves.add(new Move.GiveBack(partition, why));
                } else if (!handedOver && settled(partition, nowNs)) {
                    moves.add(new Move.GiveBack(partition, "it belongs to " + fit.getFirst()));
                    handedOver = true;
                }
            }
        }
        return List.copyOf(moves);
    }

    /** Whether partitions remain that are to be given back one by one: look again soon. */
    public boolean isHandingOver() {
        return handingOver;
    }

    /** Not before what was given back has been taken by another, or has been free for so long that nobody wants it. */
    private boolean mayHandOver(Overview seen, long nowNs) {
        long patienceNs = MILLISECONDS.toNanos(terms.patienceMs());
        boolean onItsWay = IntStream.range(0, partitions)
                .filter(partition -> seen.owner(partition).isEmpty())
                .anyMatch(partition -> nowNs - freeSinceNsByPartition.getOrDefault(partition, nowNs) < patienceNs);
        long everyNs = MILLISECONDS.toNanos(terms.handOverEveryMs());
        boolean tooSoon = handedOverNs.isPresent() && nowNs - handedOverNs.getAsLong() < everyNs;
        return !onItsWay && !tooSoon;
    }

    private List<String> fitFor(Overview seen, Fitness own, int partition) {
        return seen.standings().stream()
                .filter(standing -> standing.member().id().equals(self)
                        ? own.fitFor(partition)
                        : standing.fitness().fitFor(partition))
                .map(standing -> standing.member().id())
                .toList();
    }

    /** Whether a member other than this one has been the best for long enough. */
    private boolean settled(int partition, long nowNs) {
        Best best = bestByPartition.get(partition);
        return best != null
                && !best.id().equals(self)
                && nowNs - best.sinceNs() >= MILLISECONDS.toNanos(terms.settledMs());
    }

    private void remember(Overview seen, int partition, List<String> fit, long nowNs) {
        Optional<Standing> best = fit.isEmpty() ? Optional.empty() : seen.standing(fit.getFirst());
        bestByPartition.compute(
                partition,
                (_, before) -> best.map(standing -> before != null
                                        && before.id().equals(standing.member().id())
                                        && before.tenure() == standing.tenure()
                                ? before
                                : new Best(standing.member().id(), standing.tenure(), nowNs))
                        .orElse(null));
        if (seen.owner(partition).isPresent()) {
            freeSinceNsByPartition.remove(partition);
        } else {
            freeSinceNsByPartition.putIfAbsent(partition, nowNs);
        }
    }
}
