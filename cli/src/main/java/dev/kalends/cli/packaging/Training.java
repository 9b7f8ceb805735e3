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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    private final Environment environment;

    private Training(Map<String, String> variables) {
        this.environment = new Environment(variables);
    }

    public static void main(String[] arguments) throws IOException {
        new Training(System.getenv()).runAll();
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

    private void run(TerminalFacts screen, String... words) {
        Streams streams = new Streams(
                InputStream.nullInputStream(),
                new Printer(OutputStream.nullOutputStream()),
                new Printer(OutputStream.nullOutputStream()));
        Clocks clocks = new Clocks(WallClock.system(), MonotonicClock.system(), ZoneId.systemDefault());
        new CommandRunner(new Surroundings(streams, clocks, environment, screen)).run(List.of(words));
    }
}
