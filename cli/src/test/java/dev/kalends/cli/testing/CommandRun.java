package dev.kalends.cli.testing;

import dev.kalends.cli.io.Clocks;
import dev.kalends.cli.io.Environment;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.Streams;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.main.CommandRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines in this process, at a fixed time, and keeps what they wrote. */
public final class CommandRun {
    /** Saturday, half a day before New York loses an hour. */
    public static final long NOW_MS = Instant.parse("2026-03-07T12:00:00Z").toEpochMilli();

    private static final TerminalFacts TERMINAL = new TerminalFacts(true, true, true, 80, true);

    private final Map<String, String> environment = new HashMap<>();
    private TerminalFacts terminal = TerminalFacts.pipes();
    private InputStream in = InputStream.nullInputStream();

    /** What a command left behind. */
    public record Outcome(int status, String out, String err) {}

    /** Surroundings without a home, in which everything is a pipe. */
    public static CommandRun inPipe() {
        CommandRun run = new CommandRun();
        run.environment.put("XDG_CONFIG_HOME", "/nonexistent");
        run.environment.put("XDG_STATE_HOME", "/nonexistent");
        return run;
    }

    /** The same with a terminal of 80 columns without colours. */
    public static CommandRun onTerminal() {
        CommandRun run = inPipe();
        run.terminal = TERMINAL;
        return run;
    }

    public CommandRun terminal(TerminalFacts facts) {
        terminal = facts;
        return this;
    }

    public CommandRun variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** What stands on stdin. */
    public CommandRun stdin(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Runs {@code kalends} with these words. */
    public Outcome run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Clocks clocks = new Clocks(() -> NOW_MS, () -> 0, ZoneId.of("Europe/Berlin"));
        Surroundings surroundings = new Surroundings(
                new Streams(in, new Printer(out), new Printer(err)), clocks, new Environment(environment), terminal);
        int status = new CommandRunner(surroundings).run(List.of(words));
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
