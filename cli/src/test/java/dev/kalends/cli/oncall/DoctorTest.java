package dev.kalends.cli.oncall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.oncall.Check.Verdict;
import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Samples;
import dev.kalends.client.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing the doctor looks at, well and ill. */
final class DoctorTest {
    private static final String CHECKS = "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"items\":["
            + "{\"node\":\"n1\",\"check\":\"kafka\",\"verdict\":\"ok\",\"found\":\"3 brokers answer in 2 ms\"},"
            + "{\"node\":\"n2\",\"check\":\"kafka\",\"verdict\":\"ok\",\"found\":\"3 brokers answer in 2 ms\"},"
            + "{\"node\":\"n3\",\"check\":\"kafka\",\"verdict\":\"fail\",\"found\":\"Kafka does not answer\","
            + "\"advice\":\"see that the brokers run\"}]}";

    @TempDir
    private Path home;

    private List<String> verdicts(CommandRun.Outcome outcome) {
        List<String> verdicts = new ArrayList<>();
        for (String line : outcome.out().lines().toList()) {
            String[] fields = line.split("\t", -1);
            assertEquals(4, fields.length, line);
            assertEquals(
                    fields[0].equals("ok"), fields[3].isEmpty(), "advice exactly where something is wrong: " + line);
            verdicts.add(fields[0] + " " + fields[1]);
        }
        return verdicts;
    }

    private static CannedNode healthy() throws IOException {
        return new CannedNode()
                .answer("GET /livez", "ok")
                .answer("GET /readyz", "ready")
                .answer("GET /v1/stats", Samples.stats())
                .answer("GET /v1/checks", CHECKS)
                .answer("GET /v1/leases/partitions", Samples.page("null", Samples.partition("\"node-a\"")));
    }

    private Path token(CannedNode node, String mode) throws IOException {
        int port = Integer.parseInt(node.url().substring(node.url().lastIndexOf(':') + 1));
        Path directory = Files.createDirectories(home.resolve("kalends/tokens"));
        Path file = directory.resolve(Tokens.fileName("127.0.0.1", port));
        Files.writeString(file, "secret");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aFitMachineWithAReadyNode() throws IOException {
        try (CannedNode node = healthy()) {
            token(node, "rw-------");
            CommandRun.Outcome outcome = node.inPipe()
                    .variable("XDG_STATE_HOME", home.toString())
                    .run("doctor", "--data-dir", home.toString());
            List<String> verdicts = verdicts(outcome);
            for (String name : List.of(
                    "java",
                    "clock",
                    "kafka",
                    "data-directory",
                    "token",
                    "node",
                    "ready",
                    "clocks",
                    "ledger",
                    "precision",
                    "leaders")) {
                assertTrue(verdicts.contains("ok " + name), name + " in " + outcome.out());
            }
            for (String name :
                    List.of("clock-sync", "open-files", "processes", "isolation", "sandbox", "disk-space", "fsync")) {
                assertTrue(verdicts.stream().anyMatch(v -> v.endsWith(" " + name)), name + " in " + outcome.out());
            }
            assertTrue(outcome.out().contains("""
                                    fail\tkafka\tn3: Kafka does not answer\tsee that the brokers run
                                    ok\tkafka\tn1, n2: 3 brokers answer in 2 ms\t
                                    """), outcome.out());
            assertEquals(1, outcome.status(), "something fails");
            assertEquals(List.of("kalends"), List.of(home.toFile().list()), "nothing is left behind");
        }
    }

    @Test
    void aTokenThatOthersCanUse() throws IOException {
        try (CannedNode node = healthy()) {
            token(node, "rw-r--r--");
            CommandRun.Outcome outcome = node.inPipe()
                    .variable("XDG_STATE_HOME", home.toString())
                    .run("doctor", "--data-dir", home.toString());
            assertTrue(verdicts(outcome).contains("fail token"), outcome.out());
            assertTrue(outcome.out().contains("mode=rw-r--r--"), outcome.out());
            assertEquals(1, outcome.status());
        }
    }

    @Test
    void aNodeThatIsIll() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /livez", "ok")
                    .refuse("GET /readyz", 503, Samples.error("unavailable", "taking over; partition=0", ""))
                    .refuse("GET /v1/checks", 404, Samples.error("not_found", "no such route", ""))
                    .answer("GET /v1/stats", Samples.illStats().replace("T12:00:00", "T11:59:00"))
                    .answer("GET /v1/leases/partitions", Samples.page("null", Samples.partition("null")));
            CommandRun.Outcome outcome = node.inPipe().run("doctor", "--data-dir", home.toString());
            List<String> verdicts = verdicts(outcome);
            assertTrue(
                    verdicts.containsAll(
                            List.of("ok node", "fail ready", "fail clocks", "fail ledger", "fail leaders")),
                    outcome.out());
            assertEquals(1, outcome.status());
        }
    }

    @Test
    void noNodeButAnotherProgramOnItsPort() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NodePort port = new NodePort(other.getLocalPort());
            CommandRun.Outcome outcome =
                    port.run("doctor", "--data-dir", home.resolve("new/data").toString());
            assertTrue(verdicts(outcome).containsAll(List.of("fail node", "fail port")), outcome.out());
            assertTrue(outcome.out().contains("(not made yet)"), outcome.out());
            assertEquals(1, outcome.status());
        }
    }

    @Test
    void noNodeAndAFreePort() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        CommandRun.Outcome outcome = new NodePort(free).run("doctor", "--data-dir", home.toString());
        assertTrue(verdicts(outcome).containsAll(List.of("fail node", "ok port", "warn token")), outcome.out());
    }

    /** Commands for a node on a port; they give up after the first try. */
    private record NodePort(int port) {
        CommandRun.Outcome run(String... words) {
            return CommandRun.inPipe()
                    .variable("KALENDS_NODE", "http://127.0.0.1:" + port)
                    .variable("KALENDS_REQUEST_TIMEOUT", "20ms")
                    .run(words);
        }
    }

    @Test
    void readyAlone() throws IOException {
        try (CannedNode node = healthy()) {
            CommandRun.Outcome outcome = node.inPipe().run("doctor", "--ready");
            assertEquals(List.of("ok node", "ok ready"), verdicts(outcome));
            assertEquals(0, outcome.status());
            assertEquals(List.of("GET /livez", "GET /readyz"), node.requests());
        }
    }

    @Test
    void formsForProgramsAndPeople() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /livez", "ok").refuse("GET /readyz", 503, Samples.error("unavailable", "starting", ""));
            assertEquals(
                    "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"items\":["
                            + "{\"check\":\"node\",\"verdict\":\"ok\",\"found\":\""
                            + node.url()
                            + " answers\",\"advice\":null},{\"check\":\"ready\",\"verdict\":\"fail\","
                            + "\"found\":\"it does not take work: starting\","
                            + "\"advice\":\"see its log; it may be starting\"}],\"next\":null}\n",
                    node.inPipe().run("doctor", "--ready", "-o", "json").out());
            assertEquals("ready\n", node.inPipe().run("doctor", "--ready", "-q").out());
            assertEquals(
                    "ok    node            " + node.url() + " answers\n"
                            + "fail  ready           it does not take work: starting\n"
                            + "                      → see its log; it may be starting\n",
                    node.onTerminal().run("doctor", "--ready").out());
        }
    }

    @Test
    void limitsAndDisksAreJudged() {
        assertEquals(
                OptionalLong.of(1024),
                MachineChecks.soft(
                        "Max open files",
                        List.of(
                                "Limit                     Soft Limit           Hard Limit           Units",
                                "Max open files            1024                 524288               files")));
        assertEquals(
                OptionalLong.empty(),
                MachineChecks.soft(
                        "Max open files",
                        List.of("Max open files            unlimited            unlimited      files")));
        assertEquals(
                Verdict.OK,
                DirectoryChecks.judge(new long[] {900_000, 1_000_000, 90_000_000})
                        .verdict());
        Check slow = DirectoryChecks.judge(new long[] {30_000_000, 31_000_000, 32_000_000});
        assertEquals(Verdict.WARN, slow.verdict());
        assertEquals("a durable write takes 31.00 ms (median of 3, longest 32.00 ms)", slow.found());
        assertEquals("3.5 GiB", DirectoryChecks.bytes(3_758_096_384L));
    }

    @Test
    void limitsOfProcessesAndTheSandboxAreJudged() {
        SoftLimit limit = new SoftLimit("processes", "processes", 2048, 256, "-u, TasksMax=");
        assertEquals(Check.ok("processes", "unlimited"), limit.judge(OptionalLong.empty()));
        assertEquals(Check.ok("processes", "up to 2048"), limit.judge(OptionalLong.of(2048)));
        assertEquals(
                Check.warn("processes", "at most 500 processes", "raise it: ulimit -u 2048, or TasksMax= in the unit"),
                limit.judge(OptionalLong.of(500)));
        assertEquals(Verdict.FAIL, limit.judge(OptionalLong.of(255)).verdict());
        assertTrue(sandbox(true, true).found().endsWith("bubblewrap works"));
        assertTrue(sandbox(false, false).found().endsWith("there is no bubblewrap (bwrap)"));
        assertTrue(sandbox(false, true).found().endsWith("may not make namespaces"));
    }

    private static Check sandbox(boolean works, boolean installed) {
        return MachineChecks.sandbox(new MachineChecks.Bubblewrap(works, installed));
    }

    private static Check sync(String timedatectl, String chronyc, boolean timesync) {
        return ClockSync.judge(new ClockSync.Signs(
                Optional.of(timedatectl).filter(text -> !text.isEmpty()),
                Optional.of(chronyc).filter(text -> !text.isEmpty()),
                timesync));
    }

    @Test
    void whetherTheClockIsSynchronisedIsReadWhereItCanBe() {
        assertEquals(Check.ok("clock-sync", "synchronised"), sync("yes\n", "", false));
        assertEquals(Verdict.WARN, sync("no\n", "", true).verdict());
        assertEquals(Check.ok("clock-sync", "synchronised"), sync("", "", true));
        assertTrue(sync("", "", false).found().startsWith("cannot be seen"));
        String chrony = """
                Reference ID    : C0A80101
                System time     : 0.000012 seconds slow of NTP time
                Leap status     : Normal
                """;
        assertEquals(Check.ok("clock-sync", "by chrony; 0.000012 seconds slow of NTP time"), sync("no", chrony, false));
        assertEquals(
                Verdict.WARN, sync("", chrony.replace("0.000012", "1.5"), false).verdict());
        assertEquals(
                Verdict.WARN,
                sync("yes", chrony.replace("Normal", "Not synchronised"), true).verdict());
    }

    @Test
    void clocksAreComparedWithWhatTheRequestTook() {
        assertEquals(Verdict.OK, MachineChecks.difference(5_000, 4_000, 6_000).verdict());
        assertEquals(Verdict.WARN, MachineChecks.difference(9_000, 4_000, 6_000).verdict());
        assertEquals(
                "the node's is 1h ahead",
                MachineChecks.difference(3_606_000, 4_000, 6_000).found());
        assertEquals(
                "the node's is 2s behind",
                MachineChecks.difference(2_000, 4_000, 6_000).found());
    }
}
