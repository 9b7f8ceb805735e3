package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A backup of a node at work, restored: ids and tokens go on beyond all that were ever given, one-offs are held. */
final class RestoreIT {
    @Test
    void movesOnAndHoldsOneOffs() throws Exception {
        try (Home home = Home.make()) {
            Daemon node = home.node();
            Witness witness = new Witness(home.file("executions"));
            submit(home, "recurring", "\"every\":\"1s\",\"overlap\":\"allow\",\"command\":" + witness.command(""));
            submit(home, "once", "\"in\":\"15s\",\"command\":" + witness.command(""));
            Await.until("work is done", Home.START, () -> witness.lines().size() >= 2);
            Path backup = home.file("backup");
            home.run("backup", backup.toString()).expect(0);
            // What comes after the backup: ids and tokens that the backup does not know.
            Set<String> idsBefore = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                idsBefore.add(submit(home, "later-" + i, "\"in\":\"90d\",\"noop\":true"));
            }
            String once = runs(home, "once");
            Await.until(
                    "the one-off is done",
                    Duration.ofSeconds(40),
                    () -> witness.lines().stream().anyMatch(line -> line.run().startsWith(once)));
            node.kill();
            List<Witness.Line> before = witness.lines();
            long tokenBefore =
                    before.stream().mapToLong(Witness.Line::token).max().orElseThrow();

            Path restored = home.file("restored");
            home.run("restore", backup.toString(), "--data-dir", restored.toString())
                    .expect(0)
                    .expectNoTrace();
            home.run("restore", backup.toString(), "--data-dir", restored.toString())
                    .expectError(2, "empty");
            home.moveTo(restored);
            home.node();
            assertEquals(
                    "once",
                    home.run("ls", "--state", "paused", "-o", "name")
                            .expect(0)
                            .out()
                            .strip());
            String fresh = submit(home, "fresh", "\"in\":\"90d\",\"noop\":true");
            assertFalse(idsBefore.contains(fresh), "an id is never given twice; id=" + fresh);
            Await.until("work goes on", Home.START, () -> witness.lines().size() > before.size() + 1);
            for (Witness.Line line :
                    witness.lines().subList(before.size(), witness.lines().size())) {
                assertTrue(line.token() > tokenBefore, "token=" + line + " before=" + tokenBefore);
                assertFalse(line.run().startsWith(once), "the one-off is held: " + line);
            }
            home.run("resume", "once").expect(0);
            home.run("wait", "once").expect(0);
        }
    }

    private static String runs(Home home, String name) throws Exception {
        return Json.texts(home.run("show", name, "-o", "json").expect(0).out(), "id")
                .getFirst();
    }

    private static String submit(Home home, String name, String rest) throws Exception {
        Path job = Files.writeString(home.file(name), "{\"name\":\"" + name + "\"," + rest + "}\n");
        return Json.texts(
                        home.run("submit", "-f", job.toString(), "-o", "ndjson")
                                .expect(0)
                                .out(),
                        "id")
                .getFirst();
    }
}
