package dev.kalends.sim;

import java.util.Optional;
import java.util.stream.LongStream;

/** The hunt for a planted bug: histories by their seeds, of the kind that can have it, until one breaks. */
record Hunt(PlantedBug bug, long histories, Simulation.Outcome outcome) {
    static final int HISTORIES_MAX = 250;

    /** Hunts; empty when nothing broke. */
    static Optional<Hunt> begin(PlantedBug bug) {
        long[] seeds = LongStream.iterate(0, seed -> seed + 1)
                .filter(seed -> Simulation.isCluster(seed) == bug.ofACluster())
                .limit(HISTORIES_MAX)
                .toArray();
        for (int i = 0; i < seeds.length; i++) {
            Simulation.Outcome outcome = Simulation.run(seeds[i], bug);
            if (outcome.violation().isPresent()) {
                return Optional.of(new Hunt(bug, i + 1, outcome));
            }
        }
        return Optional.empty();
    }

    /** The bug, what caught it, and how many histories that took. */
    String line() {
        return bug + " | " + outcome.violation().orElseThrow().invariant() + " | " + histories;
    }
}
