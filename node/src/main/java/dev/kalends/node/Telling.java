package dev.kalends.node;

import dev.kalends.alert.AlertTerms;
import dev.kalends.alert.Alerts;
import dev.kalends.server.Clocks;
import dev.kalends.server.Fleet;
import dev.kalends.server.NodeLog;
import dev.kalends.server.Standings;
import java.util.Optional;

/** Has the node tell its webhook, when it has one, what needs a person. */
final class Telling {
    private Telling() {}

    /** What it needs of the node. */
    record Parts(NodeConfig config, Fleet fleet, Clocks clocks, NodeLog log) {}

    /** Begins; empty when there is nobody to tell. */
    static Optional<Alerts> begin(Parts parts, Standings standing) {
        NodeConfig config = parts.config();
        return config.alerts().map(settings -> {
            String source = config.cluster().map(ClusterConfig::name).orElse(config.nodeId());
            Alerts.Surroundings around = new Alerts.Surroundings(
                    config.nodeId(),
                    source,
                    standing::look,
                    parts.fleet()::firstToTell,
                    config.dataDirectory(),
                    parts.clocks());
            Alerts alerts = new Alerts(settings, AlertTerms.DEFAULT, around, parts.log());
            alerts.start();
            parts.log().info("alerts go to " + settings.shown());
            return alerts;
        });
    }
}
