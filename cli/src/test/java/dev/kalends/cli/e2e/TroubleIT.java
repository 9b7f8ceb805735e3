package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong on real machines: a clear error, a next step, nothing lost, no stack trace. */
final class TroubleIT {
    private static final int UNREACHABLE = 6;
    private static final int UNAVAILABLE = 69;
    private static final int USER_VERSION_OFFSET = 60;
    private static final String DATABASE = "partition-0000.db";

    @Test
    void noNodeRuns() throws Exception {
        try (Home home = Home.make()) {
            home.run("ls").expectError(UNREACHABLE, "error: unreachable:", "kalends node");
        }
    }

    @Test
    void secondNodeOnOneDirectory() throws Exception {
        try (Home home = Home.make()) {
            home.node();
            Daemon second = home.startSecondNode();
            ended(second).expectError(UNAVAILABLE, home.data().toString(), "--data-dir");
            home.run("ls").expect(0);
        }
    }

    @Test
    void portTaken() throws Exception {
        try (Home home = Home.make();
                ServerSocket _ = new ServerSocket(home.port(), 1, InetAddress.getLoopbackAddress())) {
            ended(home.startNode(List.of())).expectError(UNAVAILABLE, "listen=", "--listen");
        }
    }

    @Test
    void damagedFile() throws Exception {
        try (Home home = Home.make()) {
            stopWithOneJob(home);
            byte[] before = Files.readAllBytes(home.data().resolve(DATABASE));
            byte[] damaged = before.clone();
            java.util.Arrays.fill(damaged, 4096, Math.min(damaged.length, 12 * 4096), (byte) 0x5a);
            Files.write(home.data().resolve(DATABASE), damaged);
            ended(home.startNode(List.of())).expectError(UNAVAILABLE, DATABASE, "restore");
            Files.write(home.data().resolve(DATABASE), java.util.Arrays.copyOf(before, before.length / 2));
            ended(home.startNode(List.of())).expectError(UNAVAILABLE, DATABASE, "restore");
            Files.write(home.data().resolve(DATABASE), before);
            home.node();
            home.run("show", "kept").expect(0);
        }
    }

    @Test
    void newerSchema() throws Exception {
        try (Home home = Home.make()) {
            stopWithOneJob(home);
            try (RandomAccessFile file =
                    new RandomAccessFile(home.data().resolve(DATABASE).toFile(), "rw")) {
                file.seek(USER_VERSION_OFFSET);
                int own = file.readInt();
                file.seek(USER_VERSION_OFFSET);
                file.writeInt(own + (1 << 16) + 1000);
            }
            Ended refused = ended(home.startNode(List.of()));
            assertTrue(refused.status() == UNAVAILABLE || refused.status() == 78, refused::toString);
            refused.expectError(refused.status(), "newer");
        }
    }

    @Test
    void readOnlyDirectory() throws Exception {
        try (Home home = Home.make();
                SmallDisk disk = SmallDisk.mount(home, "8m")) {
            disk.remount("ro");
            Ended refused = ended(home.startNode(disk.inside()));
            assertTrue(refused.status() == UNAVAILABLE || refused.status() == 78, refused::toString);
            refused.expectError(refused.status(), home.data().toString());
        }
    }

    @Test
    void diskFull() throws Exception {
        try (Home home = Home.make();
                SmallDisk disk = SmallDisk.mount(home, "6m")) {
            Daemon node = home.startNode(disk.inside());
            home.awaitListening(node);
            StringBuilder jobs = new StringBuilder();
            for (int i = 0; i < 12_000; i++) {
                jobs.append("{\"in\":\"90d\",\"command\":[\"/bin/echo\",\"" + (i + "-").repeat(250) + "\"]}\n");
            }
            Path file = Files.writeString(home.file("jobs"), jobs);
            Ended refused = home.run("submit", "-f", file.toString(), "--request-timeout", "5s");
            assertTrue(refused.status() != 0, "the disk holds 6 MB");
            refused.expectError(refused.status());
            long accepted = refused.lines().size();
            assertTrue(refused.err().contains("disk") || node.text().contains("disk"), refused + "\n" + node.text());
            if (node.process().isAlive()) {
                node.terminate();
            }
            node.await(Duration.ofSeconds(40));
            new Ended(0, "", node.text()).expectNoTrace();

            disk.remount("size=200m");
            home.awaitListening(home.startNode(disk.inside()));
            String stats = home.run("stats", "-o", "json").expect(0).out();
            long waiting = Json.number(stats.substring(stats.indexOf("\"jobs\"")), "waiting");
            assertTrue(waiting >= accepted, "accepted=" + accepted + " waiting=" + waiting);
            home.run("submit", "-f", file.toString(), "-q").expect(0);
        }
    }

    private static void stopWithOneJob(Home home) throws Exception {
        Daemon node = home.node();
        home.run("submit", "--name", "kept", "--in", "90d", "--noop").expect(0);
        node.terminate();
        assertEquals(0, node.await(Duration.ofSeconds(30)));
    }

    private static Ended ended(Daemon daemon) throws IOException, InterruptedException {
        int status = daemon.await(Home.START);
        String errors = daemon.text()
                .lines()
                .filter(line -> !line.matches("\\d{4}-\\d\\d-\\d\\dT.* (info|warn) .*"))
                .reduce("", (all, line) -> all + line + "\n");
        return new Ended(status, "", errors);
    }

    /**
     * A small file system over a home's data directory, in a mount name space of its own that ends with this object.
     *
     * @param keeper the process that keeps the name space
     */
    private record SmallDisk(Process keeper, Path directory) implements AutoCloseable {
        static SmallDisk mount(Home home, String size) throws Exception {
            Files.createDirectories(home.data());
            boolean root = System.getProperty("user.name").equals("root");
            String script =
                    "mount -t tmpfs -o mode=0700,size=" + size + " tmpfs \"$0\" && echo ready && exec sleep 3600";
            Process keeper = home.builder(List.of(
                            "unshare",
                            root ? "-m" : "-Urm",
                            "/bin/sh",
                            "-c",
                            script,
                            home.data().toString()))
                    .redirectErrorStream(true)
                    .start();
            byte[] said = new byte[200];
            int count = Math.max(0, keeper.getInputStream().read(said));
            String answer = new String(said, 0, count, StandardCharsets.UTF_8).strip();
            assumeTrue(answer.equals("ready"), "a small tmpfs cannot be mounted here: " + answer);
            return new SmallDisk(keeper, home.data());
        }

        List<String> inside() {
            boolean root = System.getProperty("user.name").equals("root");
            String pid = Long.toString(keeper.pid());
            return root
                    ? List.of("nsenter", "-t", pid, "-m", "-w", "--")
                    : List.of("nsenter", "--preserve-credentials", "-t", pid, "-U", "-m", "-w", "--");
        }

        void remount(String options) throws Exception {
            List<String> words = new java.util.ArrayList<>(inside());
            words.addAll(List.of("mount", "-o", "remount," + options, directory.toString()));
            assertEquals(0, new ProcessBuilder(words).inheritIO().start().waitFor());
        }

        @Override
        public void close() {
            keeper.destroyForcibly().onExit().join();
        }
    }
}
