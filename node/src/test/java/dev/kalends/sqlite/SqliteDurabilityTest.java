package dev.kalends.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.testing.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was committed is there after SIGKILL, in one piece. */
final class SqliteDurabilityTest {
    private static final int KILLS = 3;

    @Test
    void committedIsKept(@TempDir Path directory) throws Exception {
        Random random = new Random(11);
        for (int kill = 0; kill < KILLS; kill++) {
            long acknowledged = writeAndKill(directory, 20 + random.nextInt(200));
            try (DataDirectory data = DataDirectory.open(directory, 1);
                    SqliteStore store = data.openStore(Samples.PARTITION, Durability.FULL)) {
                long kept = store.nextSequence(Samples.DAY);
                assertTrue(kept > acknowledged && kept <= acknowledged + 2, kept + " after " + acknowledged);
                assertEquals(kept, store.position());
                assertEquals(kept, store.reader().oneOffsDue(Samples.T0 + Samples.DAY_MS));
                assertTrue(store.spec(Samples.oneOff(kept - 1)).isPresent());
            }
        }
    }

    private static long writeAndKill(Path directory, int commits) throws Exception {
        try (StoreChild child = StoreChild.start("write", directory)) {
            assertEquals("ready", child.line());
            String last = "";
            for (int i = 0; i < commits; i++) {
                last = child.line();
            }
            List<String> rest = child.kill();
            return Long.parseLong(rest.isEmpty() ? last : rest.getLast());
        }
    }
}
