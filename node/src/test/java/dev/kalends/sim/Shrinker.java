package dev.kalends.sim;

import dev.kalends.sim.Faults.Fault;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds which faults a broken history needs: repeats its seed with some of them switched off, ever fewer at a time,
 * until none can be left out (after Zeller and Hildebrandt's delta debugging). A fault is known again by its kind and
 * its throw of the dice, and a history that is repeated has no faults that it did not have at first.
 */
final class Shrinker {
    private static final int RUNS_MAX = 1_000;

    private final long seed;
    private final PlantedBug bug;
    private final List<Fault> all;
    private Simulation.Outcome smallest;
    private List<Fault> needed;
    private int runs;

    /**
     * What is left.
     *
     * @param numbers places of the needed faults among all that the history had, from 1
     * @param outcome of the history with them alone
     */
    record Shrunk(int all, List<Integer> numbers, List<Fault> needed, Simulation.Outcome outcome, int runs) {
        /** For people. */
        String report() {
            StringBuilder text = new StringBuilder();
            text.append("needed ")
                    .append(needed.size())
                    .append(" of ")
                    .append(all)
                    .append(" faults, found in ")
                    .append(runs)
                    .append(" histories:\n");
            for (int i = 0; i < needed.size(); i++) {
                text.append("  fault ")
                        .append(numbers.get(i))
                        .append(": ")
                        .append(needed.get(i))
                        .append('\n');
            }
            return text.append(outcome.report()).toString();
        }
    }

    private Shrinker(Simulation.Outcome first, PlantedBug bug) {
        this.seed = first.seed();
        this.bug = bug;
        this.all = first.faults();
        this.smallest = first;
        this.needed = all;
    }

    /** Shrinks the history of a seed; empty when it holds. */
    static Optional<Shrunk> shrink(long seed, PlantedBug bug) {
        Simulation.Outcome first = Simulation.run(seed, bug);
        return first.violation().isEmpty() ? Optional.empty() : Optional.of(new Shrinker(first, bug).shrink());
    }

    private Shrunk shrink() {
        if (!breaksWith(List.of())) {
            needed.stream()
                    .map(Fault::kind)
                    .distinct()
                    .toList()
                    .forEach(kind -> breaksWith(needed.stream()
                            .filter(fault -> fault.kind() != kind)
                            .toList()));
            int chunk = Math.max(1, needed.size() / 2);
            while (runs < RUNS_MAX && !(removeChunks(chunk) == 0 && chunk == 1)) {
                chunk = Math.max(1, chunk / 2);
            }
        }
        List<Integer> numbers =
                needed.stream().map(fault -> all.indexOf(fault) + 1).toList();
        return new Shrunk(all.size(), numbers, needed, smallest, runs);
    }

    /** Leaves out one chunk after another where that does no harm; how many. */
    private int removeChunks(int size) {
        int removed = 0;
        int from = 0;
        while (from < needed.size() && runs < RUNS_MAX) {
            Set<Fault> without = new HashSet<>(needed.subList(from, Math.min(needed.size(), from + size)));
            if (breaksWith(
                    needed.stream().filter(fault -> !without.contains(fault)).toList())) {
                removed++;
            } else {
                from += size;
            }
        }
        return removed;
    }

    /** Whether the same invariant breaks with these faults alone; what did not come to happen is not needed. */
    private boolean breaksWith(List<Fault> faults) {
        runs++;
        Set<Fault> allowed = new HashSet<>(faults);
        Simulation.Outcome outcome = Simulation.run(seed, bug, allowed::contains);
        boolean broken = outcome.violation()
                .map(Violation::invariant)
                .equals(smallest.violation().map(Violation::invariant));
        if (broken) {
            smallest = outcome;
            needed = outcome.faults().stream()
                    .sorted(Comparator.comparingInt(all::indexOf))
                    .toList();
        }
        return broken;
    }
}
