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
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Runs typical commands in one process, while the JVM records for the AOT cache which classes they load and link. What
 * is not run here still works, only starts slower.
 */
final class Training {
    private static final String NOWHERE = "http://127.0.0.1:1";

    private Training() {}

    public static void main(String[] arguments) {
        for (TerminalFacts terminal : List.of(new TerminalFacts(true, true, true, 100, false), TerminalFacts.pipes())) {
            run(terminal, "--help");
            run(terminal, "version");
            run(terminal, "submit", "--help");
            run(terminal, "next", "--cron", "*/15 9-17 * * 1-5", "--tz", "Europe/Berlin", "--explain");
            run(terminal, "next", "--cron", "@daily", "-o", "json");
            run(terminal, "submit", "--name", "training", "--in", "1h", "--node", NOWHERE, "--", "true");
            run(terminal, "submit", "--cron", "@daily", "--node", NOWHERE, "--", "true");
            run(terminal, "cancel", "training", "--node", NOWHERE);
            run(terminal, "sumbit");
        }
        System.exit(0);
    }

    private static void run(TerminalFacts terminal, String... words) {
        Streams streams = new Streams(
                InputStream.nullInputStream(),
                new Printer(OutputStream.nullOutputStream()),
                new Printer(OutputStream.nullOutputStream()));
        Clocks clocks = new Clocks(WallClock.system(), MonotonicClock.system(), ZoneId.systemDefault());
        new CommandRunner(new Surroundings(streams, clocks, new Environment(Map.copyOf(System.getenv())), terminal))
                .run(List.of(words));
    }
}
