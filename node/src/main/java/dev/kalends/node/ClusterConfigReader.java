package dev.kalends.node;

import dev.kalends.lease.Standby;
import dev.kalends.node.ClusterConfig.Service;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the settings of a node of a cluster, and says everything that is wrong with them. */
final class ClusterConfigReader {
    /** Settings that only a node of a cluster has. */
    static final List<String> SETTINGS =
            List.of("kafka", "kafka-properties", "etcd", "zookeeper", "cluster", "token-file", "standby", "advertise");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:/,]+):[0-9]{1,5}");

    private final Function<String, Optional<String>> value;
    private final List<String> problems;

    ClusterConfigReader(Function<String, Optional<String>> value, List<String> problems) {
        this.value = value;
        this.problems = problems;
    }

    /** The cluster that the settings name; empty for an embedded node, which has none of them. */
    Optional<ClusterConfig> read() {
        List<String> given =
                SETTINGS.stream().filter(name -> value.apply(name).isPresent()).toList();
        // Commands have a token file too, in the environment: it alone makes no cluster.
        if (given.isEmpty() || given.equals(List.of("token-file"))) {
            return Optional.empty();
        }
        Optional<Path> token = path("token-file");
        ClusterConfig config = config(given, token.orElse(Path.of("")));
        if (token.isEmpty()) {
            problems.add("the nodes of a cluster share a token: write a random text of at least 32 characters into a"
                    + " file that only their user can read, and give all of them --token-file FILE");
        }
        return Optional.of(config);
    }

    /** The cluster that the settings name, for whoever is no node of it and needs no token. */
    ClusterConfig readTarget() {
        return config(List.of("kafka"), Path.of(""));
    }

    private ClusterConfig config(List<String> given, Path token) {
        List<String> kafka = list("kafka");
        kafka.stream().filter(text -> !ADDRESS.matcher(text).matches()).forEach(text -> wrong("HOST:PORT", text));
        if (kafka.isEmpty()) {
            problems.add("a node of a cluster needs brokers of Kafka: --kafka HOST:PORT,…; settings="
                    + String.join(",", given));
        }
        Optional<String> advertised = value.apply("advertise");
        advertised
                .filter(text -> !ADDRESS.matcher(text).matches())
                .ifPresent(text -> wrong("HOST:PORT to reach this node by", text));
        return new ClusterConfig(name(), kafka, path("kafka-properties"), service(), token, standby(), advertised);
    }

    private Standby standby() {
        String text = value.apply("standby").orElse(Standby.ALL.toString());
        return Standby.parse(text).orElseGet(() -> {
            wrong("a number of standby nodes from 0 to " + Standby.NODES_MAX + ", or all: --standby N|all", text);
            return Standby.ALL;
        });
    }

    private String name() {
        String name = value.apply("cluster").orElse("");
        if (!NAME.matcher(name).matches()) {
            problems.add("a cluster has a name of 1 to 40 letters, digits, '-' or '_': --cluster NAME; cluster="
                    + shown(name));
        }
        return name;
    }

    private Service service() {
        List<String> etcd = list("etcd");
        List<String> zookeeper = list("zookeeper");
        if (etcd.isEmpty() == zookeeper.isEmpty()) {
            problems.add("the nodes of a cluster meet in etcd or in ZooKeeper: --etcd URL,… or --zookeeper HOST:PORT,…,"
                    + " one of them; etcd=" + etcd.size() + " zookeeper=" + zookeeper.size());
        }
        etcd.stream().filter(text -> !isUrl(text)).forEach(text -> wrong("http://HOST:PORT", text));
        zookeeper.stream().filter(text -> !ADDRESS.matcher(text).matches()).forEach(text -> wrong("HOST:PORT", text));
        return etcd.isEmpty() ? new Service.ZooKeeper(String.join(",", zookeeper)) : new Service.Etcd(etcd);
    }

    private static boolean isUrl(String text) {
        try {
            URI url = URI.create(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getPort() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private List<String> list(String name) {
        return value.apply(name).stream()
                .flatMap(text -> Pattern.compile(",").splitAsStream(text))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private Optional<Path> path(String name) {
        try {
            return value.apply(name)
                    .filter(text -> !text.isEmpty())
                    .map(text -> Path.of(text).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            wrong("a file", value.apply(name).orElse(""));
            return Optional.empty();
        }
    }

    private void wrong(String wanted, String text) {
        problems.add("this should be " + wanted + "; given=" + shown(text));
    }

    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?").substring(0, Math.min(100, text.length()));
    }
}
