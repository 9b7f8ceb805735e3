package dev.kalends.cli.command;

import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.NodeClient;
import dev.kalends.client.Tokens;
import java.time.Duration;
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

    /** A client of the nodes that the settings name. */
    public NodeClient client() {
        return new NodeClient(clientSettings());
    }

    /** How to reach the nodes that the settings name. */
    public ClientSettings clientSettings() {
        Settings.Target target = settings.target();
        return new ClientSettings(
                target.nodes(),
                target.tenant(),
                Tokens.of(target.tokenFile(), surroundings.environment().valueByName()),
                Duration.ofMillis(target.requestTimeoutMs()),
                surroundings.clocks().monotonic());
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
