package dev.kalends.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a broken history is enough, and all of it is needed. */
final class ShrinkerTest {
    private static final Logger LOOP = Logger.getLogger("dev.kalends.runtime.PartitionLoop");
    private static final PlantedBug BUG = PlantedBug.IN_DOUBT_IS_NOT_WRITTEN;

    @BeforeAll
    static void quiet() {
        LOOP.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOOP.setLevel(null);
    }

    @Test
    void onlyWhatIsNeededIsLeft() {
        Hunt hunt = Hunt.begin(BUG).orElseThrow();
        Shrinker.Shrunk shrunk = Shrinker.shrink(hunt.outcome().seed(), BUG).orElseThrow();
        assertTrue(shrunk.needed().size() <= shrunk.all(), shrunk::report);
        assertEquals(
                hunt.outcome().violation().map(Violation::invariant),
                shrunk.outcome().violation().map(Violation::invariant));
        for (Faults.Fault left : shrunk.needed()) {
            Simulation.Outcome without = Simulation.run(
                    hunt.outcome().seed(),
                    BUG,
                    fault -> !fault.equals(left) && shrunk.needed().contains(fault));
            assertNotEquals(
                    hunt.outcome().violation().map(Violation::invariant),
                    without.violation().map(Violation::invariant),
                    () -> left + " is not needed: " + without.report());
        }
    }

    @Test
    void aHistoryThatHoldsIsNotShrunk() {
        assertTrue(Shrinker.shrink(6, PlantedBug.NONE).isEmpty());
    }
}
