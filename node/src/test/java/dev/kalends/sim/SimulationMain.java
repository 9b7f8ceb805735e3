package dev.kalends.sim;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs histories from the command line: {@code --seed N} one, in full; {@code --seeds N} the first N. Exit status 1 when
 * one of them broke an invariant.
 */
public final class SimulationMain {
    private static final Logger LOOP = Logger.getLogger("dev.kalends.runtime.PartitionLoop");

    private SimulationMain() {}

    /** Runs; see the class. */
    public static void main(String[] arguments) {
        LOOP.setLevel(Level.OFF);
        if (arguments.length != 2 || !(arguments[0].equals("--seed") || arguments[0].equals("--seeds"))) {
            System.err.println("usage: scripts/simulate --seed N | --seeds N");
            System.exit(2);
        }
        long number = Long.parseLong(arguments[1]);
        boolean one = arguments[0].equals("--seed");
        long broken = 0;
        for (long seed = one ? number : 0; seed < (one ? number + 1 : number); seed++) {
            Simulation.Outcome outcome = Simulation.run(seed, PlantedBug.NONE);
            if (one || outcome.violation().isPresent()) {
                System.out.println(outcome.report());
                outcome.violation().filter(violation -> violation.getCause() != null).ifPresent(Throwable::printStackTrace);
            }
            broken += outcome.violation().isPresent() ? 1 : 0;
        }
        if (!one) {
            System.out.println(number + " seeds, broken=" + broken);
        }
        System.exit(broken == 0 ? 0 : 1);
    }
}
