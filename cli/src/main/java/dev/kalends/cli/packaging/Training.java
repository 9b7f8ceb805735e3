package dev.kalends.cli.packaging;

import dev.kalends.cli.io.Clocks;
import dev.kalends.cli.io.Environment;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.Streams;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.main.CommandRunner;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import dev.kalends.tui.main.Rehearsal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Runs typical commands in one process, while the JVM records for the AOT cache which classes they load and link. What
 * is not run here still works, only starts slower.
 *
 * <p>The node that they talk to, named by {@code KALENDS_NODE}, is another process: a JVM loads whatever its cache
 * holds before it begins, and no command should pay for the classes of a node.
 */
final class Training {
    private static final List<TerminalFacts> SCREENS =
            List.of(new TerminalFacts(true, true, true, 100, false), TerminalFacts.pipes());

    private static final int LOAD_JOBS = 20_000;
    private static final int LOAD_SECONDS = 5;
    private static final int LOAD_RECURRING = 50;

    private final Environment environment;

    private Training(Map<String, String> variables) {
        this.environment = new Environment(variables);
    }

    public static void main(String[] arguments) throws IOException {
        Training training = new Training(System.getenv());
        training.runAll();
        training.load();
        Rehearsal.run();
        System.exit(0);
    }

    private void runAll() {
        for (TerminalFacts screen : SCREENS) {
            run(screen, "--help");
            run(screen, "version");
            run(screen, "submit", "--help");
            run(screen, "next", "--cron", "*/15 9-17 * * 1-5", "--tz", "Europe/Berlin", "--explain");
            run(screen, "next", "--cron", "@daily", "-o", "json");
            run(screen, "submit", "--name", "once", "--in", "0s", "--wait", "--wait-timeout", "10s", "--", "true");
            run(screen, "submit", "--cron", "0 3 * * *", "--name", "nightly", "-l", "a=b", "--", "true");
            run(screen, "submit", "--at", "23:59", "--noop", "-o", "json");
            run(screen, "trigger", "nightly", "--wait", "--wait-timeout", "10s");
            for (String form : List.of("wide", "json", "name")) {
                run(screen, "ls", "-o", form);
                run(screen, "runs", "-o", form);
            }
            run(screen, "ls");
            run(screen, "runs");
            run(screen, "show", "nightly");
            run(screen, "show", "nightly@latest");
            run(screen, "logs", "nightly");
            run(screen, "stats");
            run(screen, "status");
            run(screen, "workers");
            run(screen, "leases");
            run(screen, "dlq", "ls");
            run(screen, "cancel", "nightly");
            run(screen, "cancel", "no-such-job");
            run(screen, "__complete", "job", "");
            run(screen, "sumbit");
        }
    }

    /**
     * Gives the node work of the kind that it is for, so that its cache holds what its compilers must know: a node that
     * is started again is as quick as the one before it after seconds, not minutes.
     */
    private void load() {
        StringBuilder jobs = new StringBuilder();
        for (int i = 0; i < LOAD_JOBS; i++) {
            jobs.append("{\"in\":\"").append(1 + i % LOAD_SECONDS).append("s\",\"noop\":true}\n");
        }
        for (int i = 0; i < LOAD_RECURRING; i++) {
            jobs.append("{\"every\":\"200ms\",\"maxRuns\":20,\"noop\":true}\n");
        }
        InputStream lines = new ByteArrayInputStream(jobs.toString().getBytes(StandardCharsets.UTF_8));
        run(TerminalFacts.pipes(), lines, "submit", "-f", "-");
        run(
                TerminalFacts.pipes(),
                "submit",
                "--in",
                LOAD_SECONDS + 2 + "s",
                "--noop",
                "--wait",
                "--wait-timeout",
                "60s");
    }

    private void run(TerminalFacts screen, String... words) {
        run(screen, InputStream.nullInputStream(), words);
    }

    private void run(TerminalFacts screen, InputStream in, String... words) {
        Streams streams = new Streams(
                in, new Printer(OutputStream.nullOutputStream()), new Printer(OutputStream.nullOutputStream()));
        Clocks clocks = new Clocks(WallClock.system(), MonotonicClock.system(), ZoneId.systemDefault());
        new CommandRunner(new Surroundings(streams, clocks, environment, screen)).run(List.of(words));
    }
}
