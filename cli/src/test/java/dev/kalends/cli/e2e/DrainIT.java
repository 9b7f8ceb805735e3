package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SIGTERM drains a node and a worker, a second one skips the wait; neither costs a run. */
final class DrainIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    @Test
    void waitsForWhatRuns() throws Exception {
        try (Home home = Home.make()) {
            Daemon node = home.node();
            begin(home, "short", "sleep 2");
            node.terminate();
            assertEquals(0, node.await(Duration.ofSeconds(30)));
            home.node();
            String run =
                    home.run("show", "short@latest", "-o", "json").expect(0).out();
            assertEquals("succeeded", Json.texts(run, "state").getFirst());
            assertEquals(1, Json.number(run, "attempt"));
        }
    }

    @Test
    void aSecondSignalSkipsTheWait() throws Exception {
        try (Home home = Home.make()) {
            Daemon node = home.node();
            begin(home, "long", "[ $KALENDS_ATTEMPT != 1 ] || sleep 600");
            node.terminate();
            Await.until("it drains", AT_ONCE, () -> node.text().contains("draining"));
            node.terminate();
            assertEquals(0, node.await(AT_ONCE));
            home.node();
            Await.until(
                    "the run is tried again",
                    Duration.ofSeconds(60),
                    () -> home.run("show", "long@latest", "-o", "json").out().contains("\"state\":\"succeeded\""));
            List<Witness.Line> lines = new Witness(home.file("executions")).lines();
            assertEquals(
                    List.of(1, 2), lines.stream().map(Witness.Line::attempt).toList());
        }
    }

    @Test
    void aWorkerDrainsToo() throws Exception {
        try (Home home = Home.make()) {
            home.node("--no-worker");
            Daemon worker = home.worker();
            begin(home, "short", "sleep 2");
            worker.terminate();
            assertEquals(0, worker.await(Duration.ofSeconds(30)));
            String run =
                    home.run("show", "short@latest", "-o", "json").expect(0).out();
            assertEquals("succeeded", Json.texts(run, "state").getFirst());
        }
    }

    private static void begin(Home home, String name, String work) throws Exception {
        Witness witness = new Witness(home.file("executions"));
        String job = "{\"name\":\"" + name + "\",\"in\":\"0s\",\"backoff\":\"100ms..200ms\",\"command\":"
                + witness.command(work) + "}\n";
        home.run("submit", "-f", Files.writeString(home.file(name), job).toString())
                .expect(0);
        Await.until("the job has begun", Home.START, () -> witness.lines().size() == 1);
    }
}
