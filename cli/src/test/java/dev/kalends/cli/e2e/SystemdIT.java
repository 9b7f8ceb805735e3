package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.SourceTree;
import dev.kalends.cli.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The units under a real systemd, the first process of a machine of its own: it believes the node's own words for being
 * ready and alive, starts it again after kill -9 and when it stands still, and drains it.
 */
final class SystemdIT {
    private static final String MACHINE =
            SourceTree.at("cli/src/test/resources/systemd/machine.sh").toString();
    private static final Duration SOON = Duration.ofSeconds(90);

    /** A machine that systemd runs. */
    private record Machine(Home home, long init) {
        Tool.Ended run(String... words) throws IOException, InterruptedException {
            List<String> all = new ArrayList<>(List.of("-t", Long.toString(init), "-a"));
            all.addAll(List.of(words));
            return Tool.of("nsenter", "util-linux").run(all.toArray(String[]::new));
        }

        String ok(String... words) throws IOException, InterruptedException {
            Tool.Ended ended = run(words);
            assertEquals(0, ended.status(), () -> String.join(" ", words) + ": " + ended.output());
            return ended.output();
        }

        Tool.Ended kalends(String... words) throws IOException, InterruptedException {
            List<String> all = new ArrayList<>(List.of("/opt/kalends/bin/kalends"));
            all.addAll(List.of(words));
            all.addAll(List.of("--node", "http://127.0.0.1:" + home.port()));
            all.addAll(List.of("--token-file", "/var/lib/kalends/data/admin.token"));
            return run(all.toArray(String[]::new));
        }

        String property(String name) throws IOException, InterruptedException {
            return ok("systemctl", "show", "--value", "-p", name, "kalends").strip();
        }

        void awaitAnotherProcess(String before) throws Exception {
            Await.until(
                    "systemd starts it again",
                    SOON,
                    () -> !property("MainPID").equals(before)
                            && property("ActiveState").equals("active"));
        }
    }

    private static Daemon boot(Home home) throws Exception {
        Path stage = home.file("stage");
        Tool.Ended installed = Tool.of(SourceTree.at("scripts/install").toString(), "kalends")
                .with(Map.of("PREFIX", "/opt/kalends", "DESTDIR", stage.toString()))
                .run();
        assertEquals(0, installed.status(), installed.output());
        Files.writeString(home.file("kalends.conf"), "listen = 127.0.0.1:" + home.port() + "\n");
        Files.writeString(
                home.file("worker-w1.env"),
                "KALENDS_NODE=http://127.0.0.1:" + home.port()
                        + "\nKALENDS_TOKEN_FILE=/var/lib/kalends/data/admin.token\nKALENDS_SLOTS=3\n");
        Path log = home.file("systemd.log");
        Process process = new ProcessBuilder(
                        MACHINE, stage.toString(), home.file("").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Daemon(process, log);
    }

    /** The machine's first process: what the script ran before it became {@code unshare} comes and goes. */
    private static Optional<Long> init(Process machine) {
        return machine.info()
                .command()
                .filter(command -> command.endsWith("/unshare"))
                .flatMap(_ -> machine.children().findAny())
                .map(ProcessHandle::pid);
    }

    @Test
    void systemdStartsWatchesAndDrainsANode() throws Exception {
        try (Home home = Home.make();
                Daemon booted = boot(home)) {
            Await.until("systemd runs", SOON, () -> init(booted.process()).isPresent());
            Machine machine = new Machine(home, init(booted.process()).orElseThrow());
            Await.until(
                    "systemd answers",
                    SOON,
                    () -> machine.run("systemctl", "is-active", "nothing.target")
                                    .status()
                            == 0);
            // Comes back only when the node itself has said that it is ready.
            machine.ok("systemctl", "start", "kalends");
            assertEquals("active", machine.property("ActiveState"));
            assertEquals(
                    "kalends",
                    machine.ok("stat", "-c", "%U", "/var/lib/kalends/data").strip());
            assertEquals(
                    0,
                    machine.kalends("submit", "--name", "kept", "--in", "1h", "--noop")
                            .status());

            String first = machine.property("MainPID");
            machine.ok("systemctl", "kill", "--signal", "KILL", "--kill-who", "main", "kalends");
            machine.awaitAnotherProcess(first);
            assertEquals(0, machine.kalends("show", "kept").status());

            // Alive, and stands still: only the sign of life that does not come tells.
            String second = machine.property("MainPID");
            machine.ok("systemctl", "kill", "--signal", "STOP", "--kill-who", "main", "kalends");
            machine.awaitAnotherProcess(second);
            assertEquals("2", machine.property("NRestarts"));

            machine.ok("systemctl", "start", "kalends-worker@w1");
            String workers = machine.kalends("workers").output();
            assertTrue(workers.lines().anyMatch(line -> line.contains("\t3\t") || line.contains(" 3 ")), workers);
            machine.ok("systemctl", "stop", "kalends-worker@w1");

            machine.ok("systemctl", "stop", "kalends");
            assertEquals("inactive", machine.property("ActiveState"));
            assertEquals("success", machine.property("Result"));
            assertEquals("0", machine.property("ExecMainStatus"));
        }
    }
}
