package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.DatagramInbox;
import dev.kalends.cli.testing.SourceTree;
import dev.kalends.cli.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes under supervisors: started, started again after kill -9, drained; and what systemd would hear. */
final class SupervisorIT {
    private static final Path UNITS = SourceTree.at("scripts/units");

    private Home home;
    private Path bin;

    @BeforeEach
    void start() throws IOException {
        home = Home.make();
        // The units call PREFIX/bin/kalends.
        bin = Files.createDirectories(home.file("prefix/bin"));
        Path program = Path.of(System.getProperty("kalends.program", "../scripts/kalends"));
        Files.createSymbolicLink(bin.resolve("kalends"), program.toRealPath());
    }

    @AfterEach
    void end() throws IOException {
        home.close();
    }

    /** A unit as it would be installed, with the directories and the user of this test. */
    private String unit(String path) throws IOException {
        return Files.readString(UNITS.resolve(path))
                .replace("@PREFIX@", home.file("prefix").toString())
                .replace("user=kalends", "user=" + System.getProperty("user.name"))
                .replace("/var/lib", home.file("lib").toString())
                .replace("/var/log", home.file("log").toString())
                .replace("XDG_CONFIG_HOME=\"/etc\"", "XDG_CONFIG_HOME=\"" + home.file("etc") + "\"");
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (text.startsWith("#!")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private Daemon process(String... command) throws IOException {
        Path log = home.file("supervisor.log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KALENDS_"));
        return new Daemon(builder.start(), log);
    }

    private Ended kalends(String... words) throws Exception {
        Map<String, String> variables = Map.of(
                "KALENDS_NODE",
                "http://127.0.0.1:" + home.port(),
                "KALENDS_TOKEN_FILE",
                home.file("lib/kalends/data/admin.token").toString());
        Tool.Ended ended = Tool.of(bin.resolve("kalends").toString(), "kalends")
                .with(variables)
                .run(words);
        return new Ended(ended.status(), ended.output(), "");
    }

    private void awaitAnswers() throws Exception {
        Await.until("the node answers", Home.START, () -> kalends("ls").status() == 0);
    }

    @Test
    void supervisordStartsDrainsAndRestartsANode() throws Exception {
        Files.createDirectories(home.file("lib/kalends"));
        Files.createDirectories(home.file("log"));
        write(home.file("etc/kalends/kalends.conf"), "listen = 127.0.0.1:" + home.port() + "\n");
        Path socket = home.file("s.sock");
        Path config = home.file("supervisord.conf");
        write(
                config,
                "[unix_http_server]\nfile=" + socket + "\n[supervisord]\nlogfile=" + home.file("log/supervisord.log")
                        + "\npidfile=" + home.file("supervisord.pid")
                        + "\n[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory ="
                        + " supervisor.rpcinterface:make_main_rpcinterface\n[supervisorctl]\nserverurl=unix://" + socket
                        + "\n" + unit("supervisord/kalends.conf"));
        Tool control = Tool.of("supervisorctl", "supervisor");
        String[] status = {"-c", config.toString(), "status", "kalends"};
        try (Daemon supervisord = process("supervisord", "-n", "-c", config.toString())) {
            awaitAnswers();
            assertEquals(
                    0,
                    kalends("submit", "--name", "kept", "--in", "1h", "--noop").status());
            Await.until(
                    "it counts as running",
                    Home.START,
                    () -> control.run(status).output().contains("RUNNING"));
            String before =
                    control.run("-c", config.toString(), "pid", "kalends").output();
            control.run("-c", config.toString(), "signal", "KILL", "kalends");
            Await.until("another process", Home.START, () -> {
                String pid =
                        control.run("-c", config.toString(), "pid", "kalends").output();
                return !pid.equals(before) && pid.strip().matches("[1-9][0-9]*");
            });
            awaitAnswers();
            assertEquals(0, kalends("show", "kept").status());
            assertTrue(control.run("-c", config.toString(), "stop", "kalends")
                    .output()
                    .contains("stopped"));
            assertTrue(control.run(status).output().contains("STOPPED"));
            String log = Files.readString(home.file("log/kalends.log"));
            assertTrue(log.contains("draining") && log.stripTrailing().endsWith("stopped"), log);
            supervisord.terminate();
            supervisord.await(Home.START);
        }
    }

    @Test
    void runitStartsDrainsAndRestartsANode() throws Exception {
        Path service = home.file("service/kalends");
        for (String file : List.of("run", "finish", "log/run")) {
            write(service.resolve(file), unit("runit/kalends/" + file));
        }
        write(service.resolve("env/SERVICE_USER"), System.getProperty("user.name"));
        write(service.resolve("env/XDG_CONFIG_HOME"), home.file("etc").toString());
        write(service.resolve("env/KALENDS_LISTEN"), "127.0.0.1:" + home.port());
        Files.createDirectories(home.file("lib/kalends"));
        Files.createDirectories(home.file("log"));
        Tool sv = Tool.of("sv", "runit");
        Path log = home.file("log/kalends/current");
        try (Daemon runsv = process("runsv", service.toString())) {
            awaitAnswers();
            String before = Files.readString(service.resolve("supervise/pid"));
            sv.run("kill", service.toString());
            Await.until("another process", Home.START, () -> {
                String pid = Files.readString(service.resolve("supervise/pid"));
                return !pid.isBlank() && !pid.equals(before);
            });
            awaitAnswers();
            sv.run("-w", "60", "force-stop", service.toString());
            assertTrue(sv.run("status", service.toString()).output().startsWith("down:"));
            Await.until(
                    "the drain is logged",
                    Home.START,
                    () -> Files.readString(log).contains("draining"));

            write(service.resolve("env/KALENDS_PARTITIONS"), "many");
            sv.run("up", service.toString());
            Await.until(
                    "it stays down when the configuration is wrong",
                    Home.START,
                    () -> Files.readString(log).contains("configuration")
                            && sv.run("status", service.toString()).output().startsWith("down:"));
            sv.run("exit", service.toString());
            runsv.await(Home.START);
        }
    }

    @Test
    void systemdHearsThatItIsReadyLivesAndStops() throws Exception {
        String address = "@kalends-it-" + ProcessHandle.current().pid();
        try (DatagramInbox inbox = new DatagramInbox(address)) {
            Daemon node = home.startNode(List.of("env", "NOTIFY_SOCKET=" + address, "WATCHDOG_USEC=600000"));
            Await.until("it listens", Home.START, () -> node.text().contains(" listens on "));
            assertTrue(inbox.receiveNews().startsWith("READY=1\nSTATUS=listens on http://127.0.0.1:" + home.port()));
            for (int i = 0; i < 5; i++) {
                assertEquals("WATCHDOG=1", inbox.receive());
            }
            node.terminate();
            assertEquals("STOPPING=1", inbox.receiveNews());
            assertEquals(0, node.await(Duration.ofSeconds(60)));
        }
    }
}
