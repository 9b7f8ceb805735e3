package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A worker is killed with -9: its children die with it, and its runs go to another with higher tokens. */
final class KillWorkerIT {
    private static final Duration LESS_THAN_A_LEASE = Duration.ofSeconds(8);
    private static final int RUNS = 5;

    @Test
    void childrenDieBeforeTheLeaseAndTheRunGoesToAnother() throws Exception {
        try (Home home = Home.make()) {
            home.node("--no-worker");
            Witness witness = new Witness(home.file("executions"));
            String sleeper = "sleep 300." + home.port();
            String work = witness.command("if [ $KALENDS_ATTEMPT = 1 ]; then " + sleeper + " & " + sleeper + "; fi");
            String job = "{\"in\":\"0s\",\"command\":" + work + ",\"backoff\":\"100ms..200ms\"}\n";
            Files.writeString(home.file("jobs"), job.repeat(RUNS));
            Daemon first = home.worker("--slots", "8");
            Set<String> runs = ids(home.run("submit", "-f", home.file("jobs").toString(), "-o", "ndjson"));
            Await.until("all are under way", Home.START, () -> sleepers(sleeper).size() == 2 * RUNS);
            Daemon second = home.worker("--slots", "8");
            Await.until(
                    "the second worker is there",
                    Home.START,
                    () -> second.text().contains(" slots"));

            first.kill();
            Await.until(
                    "the children are gone",
                    LESS_THAN_A_LEASE,
                    () -> sleepers(sleeper).isEmpty());
            String leases = home.run("leases", "--runs", "-o", "json").expect(0).out();
            assertEquals(RUNS, Json.numbers(leases, "token").size(), "their leases have not ended yet: " + leases);
            assertEquals(RUNS, witness.lines().size(), "nobody else has begun yet");

            Await.until(
                    "the second worker has done them",
                    Duration.ofSeconds(60),
                    () -> home.run("runs", "--state", "succeeded", "-q").lines().size() == RUNS);
            Witness.Verdict verdict = witness.judge(runs);
            assertTrue(verdict.clean(), verdict::toString);
            assertEquals(RUNS, verdict.again());
            String ended = home.run("runs", "-o", "ndjson").expect(0).out();
            for (String worker : Json.texts(ended, "worker")) {
                assertTrue(worker.contains("-" + second.pid() + "-"), worker);
            }
        }
    }

    @Test
    void losesAndDoublesNothingUnderLoad() throws Exception {
        try (Home home = Home.make()) {
            home.node("--no-worker");
            List<Daemon> workers = new ArrayList<>(List.of(home.worker("--slots", "16"), home.worker("--slots", "16")));
            new Rounds(home, 2).run("KillWorkerIT", random -> {
                Daemon killed = workers.remove(random.nextInt(workers.size()));
                List<ProcessHandle> children =
                        killed.process().toHandle().descendants().toList();
                killed.kill();
                Await.until(
                        "the children are gone",
                        LESS_THAN_A_LEASE,
                        () -> children.stream().noneMatch(ProcessHandle::isAlive));
                workers.add(home.worker("--slots", "16"));
            });
        }
    }

    private static Set<String> ids(Ended submitted) {
        List<String> jobs = Json.texts(submitted.expect(0).out(), "id");
        List<String> instants = Json.texts(submitted.out(), "nextFireAt");
        Set<String> runs = java.util.stream.IntStream.range(0, jobs.size())
                .mapToObj(i -> Witness.runId(jobs.get(i), instants.get(i)))
                .collect(Collectors.toSet());
        assertEquals(RUNS, runs.size());
        return runs;
    }

    private static List<ProcessHandle> sleepers(String command) {
        String seconds = command.substring(command.indexOf(' ') + 1);
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> arguments.length == 1 && arguments[0].equals(seconds))
                        .orElse(false))
                .toList();
    }
}
