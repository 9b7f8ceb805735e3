package dev.kalends.cli.bench;

import dev.kalends.cli.command.Session;
import dev.kalends.cli.command.Settings;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.NodeClient;
import dev.kalends.client.Tokens;
import java.time.Duration;
import java.util.Optional;

/** Reaches a running node as the benchmarks' own tenant. */
final class Running {
    private Running() {}

    static NodeClient client(Session session, Duration timeout) {
        Settings.Target target = session.settings().target();
        return new NodeClient(new ClientSettings(
                target.nodes(),
                Optional.of(BenchCommand.TENANT),
                Tokens.of(
                        target.tokenFile(), session.surroundings().environment().valueByName()),
                timeout,
                session.surroundings().clocks().monotonic()));
    }
}
