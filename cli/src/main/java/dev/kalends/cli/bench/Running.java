package dev.kalends.cli.bench;

import dev.kalends.cli.command.Session;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.NodeClient;
import java.time.Duration;
import java.util.Optional;

/** Reaches a running node as the benchmarks' own tenant. */
final class Running {
    private Running() {}

    static NodeClient client(Session session, Duration timeout) {
        ClientSettings own = session.clientSettings();
        return new NodeClient(
                new ClientSettings(own.nodes(), Optional.of(BenchCommand.TENANT), own.tokens(), timeout, own.clock()));
    }
}
