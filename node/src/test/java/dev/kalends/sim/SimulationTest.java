package dev.kalends.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two thousand histories hold; {@code -Dkalends.sim.seed=N} replays one, {@code -Dkalends.sim.seeds=N} runs more. */
final class SimulationTest {
    private static final Logger LOOP = Logger.getLogger("dev.kalends.runtime.PartitionLoop");
    private static final long SEEDS = Long.getLong("kalends.sim.seeds", 2_000);

    /** The loop says at length that it steps down, which is what it is made to do here. */
    @BeforeAll
    static void quiet() {
        LOOP.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOOP.setLevel(null);
    }

    @Test
    void everyHistoryHolds() {
        Long replayed = Long.getLong("kalends.sim.seed");
        LongStream seeds = replayed == null ? LongStream.range(0, SEEDS) : LongStream.of(replayed);
        List<String> broken = seeds.parallel()
                .mapToObj(seed -> Simulation.run(seed, PlantedBug.NONE))
                .filter(outcome -> outcome.violation().isPresent())
                .map(Simulation.Outcome::report)
                .toList();
        assertTrue(broken.isEmpty(), () -> broken.size() + " broken; the first: " + broken.getFirst());
    }

    @Test
    void aSeedIsOneHistory() {
        sameTwice(6);
        sameTwice(7);
    }

    private static void sameTwice(long seed) {
        Simulation.Outcome first = Simulation.run(seed, PlantedBug.NONE);
        Simulation.Outcome second = Simulation.run(seed, PlantedBug.NONE);
        assertEquals(first.lastLines(), second.lastLines());
        assertEquals(first.length(), second.length());
    }
}
