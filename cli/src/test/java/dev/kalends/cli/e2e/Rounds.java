package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Kills something at seeded moments while real jobs run at an even rate, waits for the end of all, and has the witness
 * judge. The moments follow from {@code -Dkalends.e2e.seed=N}.
 */
final class Rounds {
    private static final long SEED = Long.getLong("kalends.e2e.seed", 20_260_308L);
    private static final int RATE = Integer.getInteger("kalends.e2e.rate", 100);
    private static final Duration A_ROUND = Duration.ofSeconds(6);

    private final Home home;
    private final int kills;

    Rounds(Home home, int killsInShort) {
        this.home = home;
        this.kills = Integer.getInteger("kalends.e2e.kills", Home.full() ? 20 : killsInShort);
    }

    /** Kills one process and sees to its successor. */
    interface Kill {
        void now(Random random) throws Exception;
    }

    void run(String what, Kill kill) throws Exception {
        Random random = new Random(SEED);
        Witness witness = new Witness(home.file("executions"));
        Load load = new Load(home, witness);
        try (var submitter = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> submitting = submitter.submit(() -> {
                load.submit(RATE, A_ROUND.multipliedBy(kills));
                return null;
            });
            Await.until("jobs are executed", Home.START, () -> witness.lines().size() > 10);
            for (int done = 0; done < kills; done++) {
                Await.passing(Duration.ofMillis(500 + random.nextInt(4_000)));
                kill.now(random);
            }
            submitting.get();
        }
        awaitEnd(load.runs().size());
        Witness.Verdict verdict = witness.judge(load.runs());
        System.out.println(
                what + ": kills=" + kills + " jobs=" + load.runs().size() + " " + verdict.figures() + " seed=" + SEED);
        assertTrue(verdict.clean(), verdict::toString);
        assertEquals(RATE * A_ROUND.toSeconds() * kills, load.runs().size());
    }

    /** Overdue one-offs run when there is somebody again; in the end each accepted job has its verdict. */
    private void awaitEnd(int jobs) throws Exception {
        Await.until("every accepted job has ended", Duration.ofSeconds(90 + jobs / 20), () -> {
            Await.passing(Duration.ofSeconds(1));
            String stats = home.run("stats", "-o", "json").expect(0).out();
            long open = Json.number(stats, "ready") + Json.number(stats, "running") + Json.number(stats, "retrying");
            return open == 0 && Json.number(stats, "expected") == jobs && Json.number(stats, "accounted") == jobs;
        });
        String open = home.run("runs", "--state", "dead", "-q").expect(0).out();
        assertEquals("", open, "no run may use up its attempts here");
    }
}
