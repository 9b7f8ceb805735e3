package dev.kalends.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where Kafka is, and what a cluster of Kalends keeps in it.
 *
 * @param servers {@code HOST:PORT} of some brokers
 * @param cluster the name of the cluster of Kalends: part of the names of all topics
 * @param partitions partitions of the journal, fixed when its topic is made
 * @param replicationFactor of topics that are made; 0 = 3, or as many as there are brokers
 * @param historyLines lines of history that the journal keeps a partition, for replicas that start from nothing
 * @param requestTimeoutMs how long one request to Kafka may take
 * @param client further properties of Kafka's clients, such as those that secure the connection; never shown
 */
public record KafkaSettings(
        List<String> servers,
        String cluster,
        int partitions,
        int replicationFactor,
        int historyLines,
        int requestTimeoutMs,
        Map<String, String> client) {
    /** Lines of history kept a partition when nothing else is said. */
    public static final int HISTORY_LINES = 131_072;
    /** How long one request may take when nothing else is said. */
    public static final int REQUEST_TIMEOUT_MS = 5_000;

    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    public KafkaSettings {
        servers = List.copyOf(servers);
        client = Collections.unmodifiableMap(new TreeMap<>(client));
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("at least one server of Kafka is needed; servers=[]");
        }
        if (!CLUSTER.matcher(cluster).matches()) {
            throw new IllegalArgumentException(
                    "a cluster's name has 1 to 40 letters, digits, '-' or '_'; cluster=" + cluster);
        }
        if (partitions < 1 || replicationFactor < 0 || historyLines < 1 || requestTimeoutMs < 1) {
            throw new IllegalArgumentException("a setting of Kafka is out of range; partitions=" + partitions
                    + " replicationFactor=" + replicationFactor + " historyLines=" + historyLines
                    + " requestTimeoutMs=" + requestTimeoutMs);
        }
    }

    /** Settings with everything else left as it is. */
    public static KafkaSettings of(List<String> servers, String cluster, int partitions) {
        return new KafkaSettings(servers, cluster, partitions, 0, HISTORY_LINES, REQUEST_TIMEOUT_MS, Map.of());
    }

    /** With the client properties of a file, in the format of Java's properties. */
    public KafkaSettings withClientFile(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            // The text of the exception may quote the file, which holds secrets.
            throw new IllegalArgumentException("the properties of Kafka's clients cannot be read: give"
                    + " --kafka-properties a file of lines name=value; file=" + file + " cause="
                    + e.getClass().getSimpleName());
        }
        Map<String, String> all = new TreeMap<>(client);
        read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name)));
        return new KafkaSettings(servers, cluster, partitions, replicationFactor, historyLines, requestTimeoutMs, all);
    }

    /** The journal's topic. */
    String journalTopic() {
        return "kalends." + cluster + ".journal";
    }

    /** The topic of output tails. */
    String outputTopic() {
        return "kalends." + cluster + ".output";
    }

    /** What the names of all ticket topics begin with; the queue's name follows. */
    String ticketTopicPrefix() {
        return "kalends." + cluster + ".tickets.";
    }

    /** The share group of all nodes. */
    String workersGroup() {
        return "kalends." + cluster + ".workers";
    }

    /** The id under which the leaders of a partition write, one after the other. */
    String transactionalId(int partition) {
        return "kalends." + cluster + "." + partition;
    }

    /** Without the values of the client properties. */
    @Override
    public String toString() {
        return "KafkaSettings[servers=" + servers + ", cluster=" + cluster + ", partitions=" + partitions
                + ", replicationFactor=" + replicationFactor + ", historyLines=" + historyLines
                + ", requestTimeoutMs=" + requestTimeoutMs + ", client=" + client.keySet() + "]";
    }
}
