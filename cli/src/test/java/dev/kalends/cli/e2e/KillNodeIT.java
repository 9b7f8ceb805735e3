package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The node is killed with -9 again and again under load: nothing is lost, done twice or done early. */
final class KillNodeIT {
    private static final long SEED = Long.getLong("kalends.e2e.seed", 20_260_308L);
    private static final int KILLS = Integer.getInteger("kalends.e2e.kills", Home.full() ? 20 : 3);
    private static final int RATE = Integer.getInteger("kalends.e2e.rate", 100);
    private static final Duration A_KILL = Duration.ofSeconds(7);

    @Test
    void losesAndDoublesNothing() throws Exception {
        Random random = new Random(SEED);
        try (Home home = Home.make();
                var submitter = Executors.newVirtualThreadPerTaskExecutor()) {
            Witness witness = new Witness(home.file("executions"));
            Load load = new Load(home, witness);
            Daemon node = home.node("--workers", "32");
            Future<?> submitting = submitter.submit(() -> {
                load.submit(RATE, A_KILL.multipliedBy(KILLS));
                return null;
            });
            Await.until("jobs are executed", Home.START, () -> witness.lines().size() > 10);
            for (int kill = 0; kill < KILLS; kill++) {
                Await.passing(Duration.ofMillis(500 + random.nextInt(4_000)));
                node.kill();
                node = home.node("--workers", "32");
            }
            submitting.get();
            awaitQuiet(home, load.runs().size());
            Witness.Verdict verdict = witness.judge(load.runs());
            System.out.printf(
                    "KillNodeIT: kills=%d jobs=%d lines=%d lost=%d extra=%d doubled=%d early=%d triedAgain=%d seed=%d%n",
                    KILLS,
                    load.runs().size(),
                    witness.lines().size(),
                    verdict.lost().size(),
                    verdict.extra().size(),
                    verdict.doubled().size(),
                    verdict.early().size(),
                    verdict.again(),
                    SEED);
            assertTrue(verdict.clean(), verdict::toString);
            assertEquals(RATE * A_KILL.toSeconds() * KILLS, load.runs().size());
        }
    }

    /** Overdue one-offs run when the node is back; the node then counts as many ends as jobs were accepted. */
    private static void awaitQuiet(Home home, int jobs) throws Exception {
        Await.until("every accepted job has succeeded", Duration.ofSeconds(60 + jobs / 20), () -> {
            Await.passing(Duration.ofSeconds(1));
            String stats = home.run("stats", "-o", "json").expect(0).out();
            return count(stats, "expected") == jobs
                    && count(stats, "accounted") == jobs
                    && count(stats, "running") + count(stats, "ready") + count(stats, "retrying") == 0;
        });
    }

    private static long count(String json, String field) {
        var found = java.util.regex.Pattern.compile("\"" + field + "\":(\\d+)").matcher(json);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
