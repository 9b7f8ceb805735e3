package dev.kalends.cli.command;

import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.output.Rendering;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** One run of a command: its surroundings, its settings, and what both together make. */
public record Session(Surroundings surroundings, Settings settings) {
    /** Where results go and how they look. */
    public Rendering rendering() {
        return new Rendering(
                surroundings.out(),
                terminal(),
                settings.manner().format(),
                settings.manner().quiet());
    }

    /** The terminal, without colours where they are not wanted. */
    public TerminalFacts terminal() {
        TerminalFacts terminal = surroundings.terminal();
        return settings.manner().colours() ? terminal : terminal.withoutColours();
    }

    /** The zone in which absolute times are shown. */
    public ZoneId zone() {
        return settings.manner().utc() ? ZoneOffset.UTC : surroundings.clocks().zone();
    }

    /** UTC milliseconds now. */
    public long nowMs() {
        return surroundings.nowMs();
    }

    /** Prints a message, which is no data: on stderr, and not with {@code -q}. */
    public void tell(String safeLine) {
        if (!settings.manner().quiet()) {
            surroundings.err().line(safeLine).flush();
        }
    }
}
