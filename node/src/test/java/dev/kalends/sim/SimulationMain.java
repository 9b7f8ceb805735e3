package dev.kalends.sim;

import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/**
 * Runs histories from the command line: {@code --seed N} one, in full; {@code --seeds N} the first N;
 * {@code --shrink N} one again and again, to find which of its faults it needs to break. With {@code --bug NAME} a bug
 * is planted. Exit status 1 when an invariant was broken.
 */
public final class SimulationMain {
    private static final Logger LOOP = Logger.getLogger("dev.kalends.runtime.PartitionLoop");
    private static final Set<String> WHAT = Set.of("--seed", "--seeds", "--shrink");

    private SimulationMain() {}

    /** Runs; see the class. */
    public static void main(String[] arguments) {
        LOOP.setLevel(Level.OFF);
        boolean planted = arguments.length == 4 && arguments[2].equals("--bug");
        if (!(arguments.length == 2 || planted) || !WHAT.contains(arguments[0])) {
            System.err.println("usage: scripts/simulate --seed N | --seeds N | --shrink N  [--bug NAME]");
            System.exit(2);
        }
        long number = Long.parseLong(arguments[1]);
        PlantedBug bug = planted ? PlantedBug.valueOf(arguments[3]) : PlantedBug.NONE;
        long broken = switch (arguments[0]) {
            case "--seed" -> one(number, bug);
            case "--shrink" -> shrunk(number, bug);
            default -> many(number, bug);
        };
        System.exit(broken == 0 ? 0 : 1);
    }

    private static long one(long seed, PlantedBug bug) {
        Simulation.Outcome outcome = Simulation.run(seed, bug);
        System.out.println(outcome.report());
        Optional<Violation> violation = outcome.violation();
        violation.map(Throwable::getCause).ifPresent(cause -> cause.printStackTrace(System.out));
        return violation.isPresent() ? 1 : 0;
    }

    private static long shrunk(long seed, PlantedBug bug) {
        Optional<Shrinker.Shrunk> shrunk = Shrinker.shrink(seed, bug);
        System.out.println(shrunk.map(Shrinker.Shrunk::report).orElse("seed " + seed + " holds: nothing to shrink"));
        return shrunk.isPresent() ? 1 : 0;
    }

    private static long many(long seeds, PlantedBug bug) {
        long broken = LongStream.range(0, seeds)
                .parallel()
                .mapToObj(seed -> Simulation.run(seed, bug))
                .filter(outcome -> outcome.violation().isPresent())
                .peek(outcome -> System.out.println(outcome.report()))
                .count();
        System.out.println("seeds=" + seeds + " broken=" + broken);
        return broken;
    }
}
