package dev.kalends.lease;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a node says it can lead: everything, everything but some partitions, or nothing.
 *
 * @param unfitBecause why the node can lead nothing (journal out of reach, disk full, clock off, draining); empty when
 *     it can
 * @param notFor partitions that it cannot lead: not caught up, or withdrawn from after a failure
 */
public record Fitness(Optional<String> unfitBecause, Set<Integer> notFor) {
    /** The longest reason, in characters. */
    public static final int REASON_MAX = 200;

    /** The reason of a node that an operator drains. */
    public static final String DRAINING = "draining";

    /** Fit for all. */
    public static final Fitness ALL = new Fitness(Optional.empty(), Set.of());

    public Fitness {
        unfitBecause = unfitBecause.map(Fitness::oneLine);
        notFor = Set.copyOf(notFor);
    }

    /** Fit for nothing. */
    public static Fitness none(String because) {
        return new Fitness(Optional.of(because), Set.of());
    }

    /** Fit for all but some. */
    public static Fitness allBut(Set<Integer> partitions) {
        return new Fitness(Optional.empty(), partitions);
    }

    /** Fit for what this one is fit for, without some partitions more. */
    public Fitness without(Set<Integer> partitions) {
        Set<Integer> both = new TreeSet<>(notFor);
        both.addAll(partitions);
        return new Fitness(unfitBecause, both);
    }

    public boolean fitFor(int partition) {
        return unfitBecause.isEmpty() && !notFor.contains(partition);
    }

    private static String oneLine(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= REASON_MAX ? line : line.substring(0, REASON_MAX);
    }
}
