package dev.kalends.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every planted bug is caught, by an invariant that names what it breaks; prints which, and after how many seeds. */
final class PlantedBugTest {
    private static final Logger LOOP = Logger.getLogger("dev.kalends.runtime.PartitionLoop");
    private static final int SEEDS_MAX = 200;

    @BeforeAll
    static void quiet() {
        LOOP.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOOP.setLevel(null);
    }

    private record Caught(long seeds, Violation violation) {}

    private static Optional<Caught> hunt(PlantedBug bug) {
        for (long seed = 0; seed < SEEDS_MAX; seed++) {
            Optional<Violation> violation = Simulation.run(seed, bug).violation();
            if (violation.isPresent()) {
                return Optional.of(new Caught(seed + 1, violation.get()));
            }
        }
        return Optional.empty();
    }

    @Test
    void everyPlantedBugIsCaught() {
        Set<PlantedBug> bugs = EnumSet.allOf(PlantedBug.class);
        bugs.remove(PlantedBug.NONE);
        TreeMap<PlantedBug, Caught> caughtByBug = new TreeMap<>();
        bugs.forEach(bug -> hunt(bug).ifPresent(caught -> caughtByBug.put(bug, caught)));
        StringBuilder table = new StringBuilder("planted bug | invariant | seeds needed\n");
        caughtByBug.forEach((bug, caught) -> table.append(bug)
                .append(" | ")
                .append(caught.violation().invariant())
                .append(" | ")
                .append(caught.seeds())
                .append('\n'));
        System.out.print(table);
        assertTrue(caughtByBug.keySet().containsAll(bugs), () -> "not all are caught:\n" + table);
    }
}
