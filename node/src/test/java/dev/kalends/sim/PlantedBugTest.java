package dev.kalends.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every planted bug is caught, by an invariant that names what it breaks; prints which, and after how many seeds. */
final class PlantedBugTest {
    private static final Logger LOOP = Logger.getLogger("dev.kalends.runtime.PartitionLoop");

    @BeforeAll
    static void quiet() {
        LOOP.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOOP.setLevel(null);
    }

    @Test
    void everyPlantedBugIsCaught() {
        List<PlantedBug> bugs = Arrays.stream(PlantedBug.values())
                .filter(bug -> bug != PlantedBug.NONE)
                .toList();
        List<Hunt> caught = bugs.parallelStream()
                .map(Hunt::begin)
                .flatMap(hunt -> hunt.stream())
                .toList();
        System.out.println("planted bug | invariant | seeds needed\n"
                + caught.stream().map(Hunt::line).collect(Collectors.joining("\n")));
        assertEquals(bugs, caught.stream().map(Hunt::bug).toList(), "all are caught");
    }
}
