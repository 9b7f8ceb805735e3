package dev.kalends.node;

import dev.kalends.lease.Standby;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a node of a cluster needs to know beyond its own settings.
 *
 * @param name of the cluster: nodes with one name, one Kafka and one coordination service belong together
 * @param kafka {@code HOST:PORT} of some brokers
 * @param kafkaProperties a file with further settings of Kafka's clients
 * @param service where nodes meet
 * @param tokenFile holds the admin's token, the same on all nodes
 * @param standby how many nodes hold a partition beside the one that leads it; the same on all nodes
 * @param advertised {@code HOST:PORT} under which the other nodes reach this one; empty = where it listens
 */
public record ClusterConfig(
        String name,
        List<String> kafka,
        Optional<Path> kafkaProperties,
        Service service,
        Path tokenFile,
        Standby standby,
        Optional<String> advertised) {
    /** Partitions of a new cluster when nothing else is said. */
    public static final int DEFAULT_PARTITIONS = 8;

    public ClusterConfig {
        kafka = List.copyOf(kafka);
    }

    /** The coordination service. */
    public sealed interface Service {
        /** By the URLs of some members. */
        record Etcd(List<String> urls) implements Service {}

        /** By {@code HOST:PORT} of the servers, separated by commas. */
        record ZooKeeper(String servers) implements Service {}
    }
}
