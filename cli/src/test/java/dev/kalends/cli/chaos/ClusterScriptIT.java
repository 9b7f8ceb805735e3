package dev.kalends.cli.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/cluster} does what its first lines say. */
final class ClusterScriptIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Shell shell = Shell.here();

    @TempDir
    private Path directory;

    private record Said(int status, String text) {}

    private Said run(String program, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(shell.top().resolve(program).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
        builder.environment().put("XDG_CONFIG_HOME", directory.resolve("config").toString());
        // To a file: what is started and stays would hold a pipe open.
        Path said = Files.createTempFile(directory, "said", "");
        Process process = builder.redirectOutput(said.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + command + "\n" + Files.readString(said));
        }
        return new Said(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }

    private Said cluster(String... words) throws Exception {
        return run("scripts/cluster", words);
    }

    @Test
    void startsAClusterThatRunsJobsAndStopsIt() throws Exception {
        String home = directory.resolve("cluster").toString();
        try {
            Said started = cluster(
                    "start", "--dir", home, "--nodes", "2", "--workers", "1", "--partitions", "4", "--port", "21070");
            assertEquals(0, started.status(), started::text);
            String nodes = after(started.text(), "export KALENDS_NODE=");
            String token = after(started.text(), "export KALENDS_TOKEN_FILE=");
            String[] reach = {"--node", nodes, "--token-file", token};
            Said ran = kalends(reach, "submit", "--name", "hello", "--manual", "--", "/bin/echo", "hello");
            assertEquals(0, ran.status(), ran::text);
            Waits.until("a run succeeds", SOON, () -> {
                Said tried = kalends(reach, "trigger", "hello", "--wait", "--wait-timeout", "30s");
                return tried.status() == 0;
            });
            Said status = cluster("status", "--dir", home);
            assertEquals(0, status.status(), status::text);
            for (String name : List.of("coordination", "kafka", "n1", "n2", "w1")) {
                assertTrue(status.text().contains(name + "\trunning\t"), status::text);
            }
        } finally {
            Said stopped = cluster("stop", "--dir", home);
            assertEquals(0, stopped.status(), stopped::text);
        }
        assertEquals(1, cluster("status", "--dir", home).status());
        assertFalse(Files.exists(Path.of(home, "n1", "pid")));
        assertTrue(Files.readString(Path.of(home, "n1", "log")).contains("stopped"), "it was drained, not killed");
    }

    private Said kalends(String[] reach, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words).subList(0, 1));
        all.addAll(List.of(reach));
        all.addAll(List.of(words).subList(1, words.length));
        return run("scripts/kalends", all.toArray(String[]::new));
    }

    private static String after(String text, String mark) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(mark + " is not in\n" + text));
    }

    @Test
    void saysWhatProductionNeedsAndWhatIsWrong() throws Exception {
        Said needs = cluster("--production");
        assertEquals(0, needs.status());
        for (String word :
                List.of("min.insync.replicas=2", "delete.retention.ms", "transactional id", "etcd", "finalize")) {
            assertTrue(needs.text().contains(word), word);
        }
        for (String[] wrong : new String[][] {
            {"--nodes", "none"},
            {"--nodes"},
            {"--nodes", "17"},
            {"walk"},
            {"--etcd", "http://127.0.0.1:1", "--zookeeper"}
        }) {
            Said said = cluster(wrong);
            assertEquals(2, said.status(), said::text);
            assertTrue(said.text().startsWith("error: usage: "), said::text);
        }
    }
}
