package dev.kalends.cli.io;

/** What a command may see and touch of the process it runs in. */
public record Surroundings(Streams streams, Clocks clocks, Environment environment, TerminalFacts terminal) {
    public Printer out() {
        return streams.out();
    }

    public Printer err() {
        return streams.err();
    }

    /** UTC milliseconds now. */
    public long nowMs() {
        return clocks.wall().nowMs();
    }
}
