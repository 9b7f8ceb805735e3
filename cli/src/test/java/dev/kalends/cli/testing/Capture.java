package dev.kalends.cli.testing;

import dev.kalends.cli.io.Clocks;
import dev.kalends.cli.io.Environment;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.Streams;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;

/** Surroundings for a part of a command that is tested without the way in; keeps what was written. */
public final class Capture {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Printer outPrinter = new Printer(out);
    private final Printer errPrinter = new Printer(err);

    public Surroundings surroundings(Map<String, String> environment, TerminalFacts terminal) {
        return new Surroundings(
                new Streams(InputStream.nullInputStream(), outPrinter, errPrinter),
                new Clocks(() -> CommandRun.NOW_MS, () -> 0, ZoneOffset.UTC),
                new Environment(environment),
                terminal);
    }

    public String out() {
        outPrinter.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        errPrinter.flush();
        return err.toString(StandardCharsets.UTF_8);
    }
}
