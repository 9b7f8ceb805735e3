package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The first scenario of the benchmarks, small: it measures, and finds nothing lost and nothing early. */
final class BenchIT {
    @Test
    void measuresSkewAtASteadyRate() throws Exception {
        try (Home home = Home.make()) {
            Ended bench = home.run("bench", "steady", "--rate", "50", "--warmup", "1s", "--for", "5s")
                    .expect(0)
                    .expectNoTrace();
            assertTrue(bench.lines().contains("runs\t250\t"), bench::toString);
            assertTrue(bench.lines().contains("early\t0\t"), bench::toString);
            assertTrue(bench.out().contains("skew p99\t"), bench::toString);
            assertFalse(bench.out().contains("FAULT"), bench::toString);
        }
    }
}
