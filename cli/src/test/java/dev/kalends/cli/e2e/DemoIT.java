package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's first command shows what it says. */
final class DemoIT {
    @Test
    void keepsEveryPromise() throws Exception {
        try (Home home = Home.make()) {
            Ended demo = home.run("demo").expect(0).expectNoTrace();
            for (String said : List.of(
                    "demo/once",
                    "demo/every-second",
                    "demo/six-fields",
                    "demo/broken",
                    "kill -9 ",
                    "started again",
                    "dead letters: 1",
                    "lost 0, doubled 0, early 0   every promise kept")) {
                assertTrue(demo.out().contains(said), () -> "expected " + said + " in " + demo);
            }
        }
    }
}
