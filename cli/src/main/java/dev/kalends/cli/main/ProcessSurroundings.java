package dev.kalends.cli.main;

import dev.kalends.cli.io.Clocks;
import dev.kalends.cli.io.Environment;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.Streams;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.time.ZoneId;

/** The surroundings of the real process. */
final class ProcessSurroundings {
    private ProcessSurroundings() {}

    static Surroundings make() {
        Environment environment = new Environment(System.getenv());
        Streams streams = new Streams(
                new FileInputStream(FileDescriptor.in),
                new Printer(new FileOutputStream(FileDescriptor.out)),
                new Printer(new FileOutputStream(FileDescriptor.err)));
        Clocks clocks = new Clocks(WallClock.system(), MonotonicClock.system(), ZoneId.systemDefault());
        return new Surroundings(streams, clocks, environment, TerminalFacts.of(environment));
    }
}
