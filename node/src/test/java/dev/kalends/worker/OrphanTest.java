package dev.kalends.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker process is killed with -9: everything that its command has started must die with it. */
final class OrphanTest {
    @ParameterizedTest
    @CsvSource({
        // a child, a grandchild, one in a session of its own, a daemon forked twice
        "SUPERVISED, 'sleep M & (sleep M & sleep M) & setsid sleep M & (setsid sleep M &);"
                + " sleep 0.1; echo up; sleep M', 6",
        "PID_NAMESPACE, 'sleep M & (sleep M & sleep M) & setsid sleep M & (setsid sleep M &);"
                + " sleep 0.1; echo up; sleep M', 6",
        // a daemon that has also forgotten whose it is
        "PID_NAMESPACE, '(env -i setsid sleep M &); sleep 0.1; echo up; sleep M', 2"
    })
    void nothingOutlivesAKilledWorker(Isolation isolation, String script, int processes) throws Exception {
        String mark = "302." + System.nanoTime();
        Process worker = worker(isolation, script.replace("M", mark));
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("up", said.readLine());
            Strays.awaitCount(mark, processes);
            worker.destroyForcibly().waitFor();
            Strays.awaitNone(mark);
        } finally {
            worker.destroyForcibly();
            Strays.marked(mark).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static Process worker(Isolation isolation, String script) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                place(OrphanedWorker.class) + File.pathSeparator + place(CommandExecutor.class)));
        line.addAll(List.of(OrphanedWorker.class.getName(), isolation.name(), script));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
