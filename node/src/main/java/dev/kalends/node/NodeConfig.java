package dev.kalends.node;

import dev.kalends.alert.AlertSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A node's settings, checked.
 *
 * @param listen where it listens
 * @param workers executions at a time in the node's own process, 0 = none
 * @param partitions of a new store; an existing one keeps its own
 * @param tokenDirectory where the admin's token is left for commands of the same user
 * @param drainPatience how long running executions may go on after the node was asked to stop
 * @param accessLog whether each request leaves a line in the log
 * @param cluster the cluster that it belongs to; empty when it is alone
 * @param alerts where alerts go; empty when nobody is told
 */
public record NodeConfig(
        String nodeId,
        String version,
        Path dataDirectory,
        Listen listen,
        int workers,
        int partitions,
        long skewSloMs,
        Path tokenDirectory,
        Duration drainPatience,
        boolean accessLog,
        Optional<ClusterConfig> cluster,
        Optional<AlertSettings> alerts) {
    /** The port that commands try when nothing else is said. */
    public static final int DEFAULT_PORT = 7070;

    public static final int DEFAULT_WORKERS = 16;
    public static final long DEFAULT_SKEW_SLO_MS = 1_000;
    public static final Duration DEFAULT_DRAIN_PATIENCE = Duration.ofSeconds(30);

    /**
     * A host and a port; port 0 = any free one.
     *
     * @param beyondLoopback whether others than this machine can reach it
     */
    public record Listen(String host, int port, boolean beyondLoopback) {
        /** For an address: {@code HOST:PORT}. */
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Where settings come from: a flag wins over the environment, that over the file. Keys are the flags' names without
     * dashes; in the environment {@code KALENDS_DATA_DIR} for {@code data-dir}.
     */
    public record Sources(Map<String, String> flags, Map<String, String> environment, Map<String, String> properties) {
        public Sources {
            flags = Map.copyOf(flags);
            environment = Map.copyOf(environment);
            properties = Map.copyOf(properties);
        }
    }

    /**
     * Reads and checks all settings.
     *
     * @param version of the running build
     * @throws StartFailedException with everything that is wrong, not only the first
     */
    public static NodeConfig read(Sources sources, String version) throws StartFailedException {
        return new NodeConfigReader(sources).read(version);
    }
}
