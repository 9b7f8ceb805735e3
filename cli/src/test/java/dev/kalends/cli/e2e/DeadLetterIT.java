package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job that always fails: growing waits up to a cap, then the dead letters; redriven it comes back. Others go on. */
final class DeadLetterIT {
    private static final int ATTEMPTS = 6;
    private static final long CAP_MS = 800;
    private static final long FIRST_MS = 200;
    private static final long LATE_MS = 3_000;

    @Test
    void endsInTheDeadLettersAndComesBack() throws Exception {
        try (Home home = Home.make()) {
            home.node("--workers", "2");
            String repaired = home.file("repaired").toString();
            home.run("submit", "--name", "steady", "--every", "1s", "--overlap", "allow", "--noop")
                    .expect(0);
            home.run(
                            "submit",
                            "--name",
                            "broken",
                            "--in",
                            "0s",
                            "--max-attempts",
                            "" + ATTEMPTS,
                            "--backoff",
                            FIRST_MS + "ms.." + CAP_MS + "ms",
                            "--",
                            "/bin/sh",
                            "-c",
                            "[ -e \"$0\" ] || { echo no ledger >&2; exit 3; }",
                            repaired)
                    .expect(0);
            Ended waited = home.run("wait", "broken", "--wait-timeout", "60s");
            waited.expect(8).expectNoTrace();

            String dead = home.run("dlq", "ls", "-o", "json").expect(0).out();
            assertEquals(List.of("dead"), Json.texts(dead, "state"));
            assertEquals(ATTEMPTS, Json.number(dead, "attempt"));
            assertWaits(
                    home.run("show", "broken@latest", "-o", "json").expect(0).out());

            home.run("dlq", "redrive", "--all", "--dry-run").expect(0);
            assertEquals(1, home.run("dlq", "ls", "-q").expect(0).lines().size());
            Files.writeString(home.file("repaired"), "yes");
            home.run("dlq", "redrive", "--job", "brok*", "--yes").expect(0);
            Await.until(
                    "the redriven run has succeeded",
                    Duration.ofSeconds(30),
                    () -> home.run("show", "broken@latest", "-o", "json").out().contains("\"state\":\"succeeded\""));
            assertEquals("", home.run("dlq", "ls", "-q").expect(0).out());
            assertSteady(home);
        }
    }

    /** A job that fails blocks no other: each of the other's runs began when it was due. */
    private static void assertSteady(Home home) throws Exception {
        Await.until(
                "the other job has run three times",
                Duration.ofSeconds(30),
                () -> home.run("runs", "steady", "--state", "succeeded", "-q")
                                .lines()
                                .size()
                        >= 3);
        String runs = home.run("runs", "steady", "--state", "succeeded", "-o", "json")
                .expect(0)
                .out();
        for (String line : runs.lines().toList()) {
            long skewMs = Json.number(line, "skewMs");
            assertTrue(skewMs >= 0 && skewMs <= LATE_MS, line);
        }
    }

    /** Full jitter: a wait is anything up to its bound; the bound doubles until the cap. */
    private static void assertWaits(String run) {
        String attempts = run.substring(run.indexOf("\"attempts\":["));
        List<String> started = Json.texts(attempts, "startedAt");
        List<String> finished = Json.texts(attempts, "finishedAt");
        assertEquals(ATTEMPTS, started.size(), run);
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < ATTEMPTS; i++) {
            long wait = Duration.between(Instant.parse(finished.get(i - 1)), Instant.parse(started.get(i)))
                    .toMillis();
            long bound = Math.min(CAP_MS, FIRST_MS << (i - 1));
            assertTrue(wait >= 0 && wait <= bound + LATE_MS, "attempt=" + i + " waitMs=" + wait + " boundMs=" + bound);
            waits.add(wait);
        }
        assertTrue(waits.stream().distinct().count() > 1, "waits are jittered: " + waits);
    }
}
