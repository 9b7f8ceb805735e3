package dev.kalends.sim;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/**
 * Runs histories from the command line: {@code --seed N} one, in full; {@code --seeds N} the first N. Exit status 1
 * when one of them broke an invariant.
 */
public final class SimulationMain {
    private static final Logger LOOP = Logger.getLogger("dev.kalends.runtime.PartitionLoop");

    private SimulationMain() {}

    /** Runs; see the class. */
    public static void main(String[] arguments) {
        LOOP.setLevel(Level.OFF);
        boolean one = arguments.length == 2 && arguments[0].equals("--seed");
        if (!one && !(arguments.length == 2 && arguments[0].equals("--seeds"))) {
            System.err.println("usage: scripts/simulate --seed N | --seeds N");
            System.exit(2);
        }
        long number = Long.parseLong(arguments[1]);
        long broken = one ? one(number) : many(number);
        System.exit(broken == 0 ? 0 : 1);
    }

    private static long one(long seed) {
        Simulation.Outcome outcome = Simulation.run(seed, PlantedBug.NONE);
        System.out.println(outcome.report());
        Optional<Violation> violation = outcome.violation();
        violation.map(Throwable::getCause).ifPresent(cause -> cause.printStackTrace(System.out));
        return violation.isPresent() ? 1 : 0;
    }

    private static long many(long seeds) {
        long broken = LongStream.range(0, seeds)
                .parallel()
                .mapToObj(seed -> Simulation.run(seed, PlantedBug.NONE))
                .filter(outcome -> outcome.violation().isPresent())
                .peek(outcome -> System.out.println(outcome.report()))
                .count();
        System.out.println("seeds=" + seeds + " broken=" + broken);
        return broken;
    }
}
