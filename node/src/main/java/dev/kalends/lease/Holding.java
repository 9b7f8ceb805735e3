package dev.kalends.lease;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides which partitions one member should keep a replica of, where not every member keeps all. Each member has one,
 * and they agree without talking, because they rank alike ({@link Rendezvous}).
 *
 * <pre>
 *   not held --among the first of the members that count--> held, catches up
 *       ^                                                      |  no more among them
 *       |                                                      v
 *       +--another leads it, all that should hold it are fit-- still held, in their place
 * </pre>
 *
 * <ul>
 *   <li>A partition belongs to the member that should lead it and to the next best ones, as many as {@link Standby}
 *       says. So whoever leads holds, and whoever holds can lead.
 *   <li>A member counts when it has been there for {@code settledMs} without a break, and until it has been away for as
 *       long: a node that is started again copies nothing, and nobody copies for it. Who has just begun to look
 *       decides nothing for as long.
 *   <li>Whoever should not hold a partition any more holds on to it until those who should are fit for it by their own
 *       word, and another leads it. What it leads itself it gives back one partition after the other.
 * </ul>
 *
 * <p>When all that hold a partition are gone for good, those who come next hold it from nothing: the journal is the
 * truth, a replica is a copy.
 *
 * <p>No clock, no thread, no requests, as in {@link Seating}. For one thread.
 */
public final class Holding {
    private final String self;
    private final int partitions;
    private final Standby standby;
    private final long settledNs;

    /** Since when without a break a member has been there, or a member that counts has been away. */
    private final Map<String, Since> sinceById = new HashMap<>();

    private final Set<String> counting = new TreeSet<>();
    private List<Set<String>> holders = List.of();

    /** A member's state and when it began. */
    private record Since(boolean here, long ns) {}

    /**
     * What to do about replicas now.
     *
     * @param begin partitions to hold from now on
     * @param end partitions to let go of
     * @param unfit partitions that are held and that others should lead
     */
    public record Plan(Set<Integer> begin, Set<Integer> end, Set<Integer> unfit) {
        public Plan {
            begin = Set.copyOf(begin);
            end = Set.copyOf(end);
            unfit = Set.copyOf(unfit);
        }
    }

    public Holding(String self, int partitions, Standby standby, SeatingTerms terms) {
        this.self = self;
        this.partitions = partitions;
        this.standby = standby;
        this.settledNs = MILLISECONDS.toNanos(terms.settledMs());
    }

    /** Who should hold each partition, from partition 0 on; the first of each should lead it. */
    public static List<List<String>> holders(int partitions, Collection<String> members, Standby standby) {
        List<String> all = List.copyOf(members);
        return Rendezvous.spread(
                        IntStream.range(0, partitions).mapToObj(_ -> all).toList())
                .stream()
                .map(order -> order.subList(0, standby.holders(order.size())))
                .toList();
    }

    /**
     * What to do now.
     *
     * @param seen the latest look
     * @param held partitions that have a replica here
     */
    public Plan decide(Overview seen, Set<Integer> held, long nowNs) {
        if (count(seen, nowNs) || (holders.isEmpty() && !counting.isEmpty())) {
            holders = holders(partitions, counting, standby).stream()
                    .<Set<String>>map(Set::copyOf)
                    .toList();
        }
        Set<Integer> begin = new TreeSet<>();
        Set<Integer> end = new TreeSet<>();
        Set<Integer> unfit = new TreeSet<>();
        boolean givingBack = false;
        for (int partition = 0; partition < holders.size(); partition++) {
            if (holders.get(partition).contains(self)) {
                if (!held.contains(partition)) {
                    begin.add(partition);
                }
            } else if (held.contains(partition) && othersAreFit(seen, partition)) {
                Optional<String> owner =
                        seen.owner(partition).map(standing -> standing.member().id());
                boolean ours = owner.equals(Optional.of(self));
                if (!ours || !givingBack) {
                    unfit.add(partition);
                    givingBack |= ours;
                }
                if (owner.isPresent() && !ours && isKnownUnfit(seen, partition)) {
                    end.add(partition);
                }
            }
        }
        return new Plan(begin, end, unfit);
    }

    private boolean othersAreFit(Overview seen, int partition) {
        return holders.get(partition).stream()
                .allMatch(id -> seen.standing(id)
                        .filter(standing -> standing.fitness().fitFor(partition))
                        .isPresent());
    }

    /** Whether the others know that this member does not lead a partition: then it is not about to. */
    private boolean isKnownUnfit(Overview seen, int partition) {
        return seen.standing(self)
                .filter(standing -> !standing.fitness().fitFor(partition))
                .isPresent();
    }

    /** Notes who is there; whether it changed who counts. */
    private boolean count(Overview seen, long nowNs) {
        Set<String> here = seen.standings().stream()
                .map(standing -> standing.member().id())
                .collect(Collectors.toSet());
        Set<String> known = new TreeSet<>(here);
        known.addAll(sinceById.keySet());
        boolean changed = false;
        for (String id : known) {
            boolean isHere = here.contains(id);
            Since since = sinceById.get(id);
            if (since == null || since.here() != isHere) {
                since = new Since(isHere, nowNs);
                sinceById.put(id, since);
            }
            boolean settled = nowNs - since.ns() >= settledNs;
            if (isHere) {
                changed |= settled && counting.add(id);
            } else if (settled || !counting.contains(id)) {
                sinceById.remove(id);
                changed |= counting.remove(id);
            }
        }
        return changed;
    }
}
