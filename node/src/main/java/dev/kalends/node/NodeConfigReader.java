package dev.kalends.node;

import dev.kalends.client.Tokens;
import dev.kalends.job.JobId;
import dev.kalends.node.NodeConfig.Listen;
import dev.kalends.node.NodeConfig.Sources;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.worker.WorkerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a node's settings and gathers everything that is wrong with them. */
final class NodeConfigReader {
    private static final Set<String> KNOWN = Set.of(
            "data-dir",
            "listen",
            "workers",
            "no-worker",
            "partitions",
            "skew-slo",
            "insecure",
            "node-id",
            "drain-timeout",
            "access-log");
    private static final List<String> NOT_YET = List.of("history-max");
    private static final String LOOPBACK = "127.0.0.1";

    private final Sources sources;
    private final List<String> problems = new ArrayList<>();

    NodeConfigReader(Sources sources) {
        this.sources = sources;
    }

    NodeConfig read(String version) throws StartFailedException {
        for (String flag : sources.flags().keySet()) {
            boolean known = KNOWN.contains(flag)
                    || NOT_YET.contains(flag)
                    || ClusterConfigReader.SETTINGS.contains(flag)
                    || AlertConfigReader.SETTINGS.contains(flag);
            if (!known) {
                problems.add("there is no such setting; setting=" + flag);
            }
        }
        for (String name : NOT_YET) {
            value(name).ifPresent(_ -> problems.add("not in this version; setting=" + name));
        }
        Listen listen = listen();
        if (value("no-worker").isPresent() && value("workers").isPresent()) {
            problems.add("a node has workers or none; settings=workers,no-worker");
        }
        Optional<ClusterConfig> cluster = new ClusterConfigReader(this::value, problems).read();
        NodeConfig config = new NodeConfig(
                nodeId(),
                version,
                dataDirectory(),
                listen,
                isOn("no-worker") ? 0 : number("workers", NodeConfig.DEFAULT_WORKERS, 1, WorkerSettings.SLOTS_MAX),
                number(
                        "partitions",
                        cluster.isPresent() ? ClusterConfig.DEFAULT_PARTITIONS : 1,
                        1,
                        JobId.PARTITIONS_MAX),
                duration("skew-slo", NodeConfig.DEFAULT_SKEW_SLO_MS),
                Tokens.directory(sources.environment()),
                Duration.ofMillis(duration("drain-timeout", NodeConfig.DEFAULT_DRAIN_PATIENCE.toMillis())),
                isOn("access-log"),
                cluster,
                new AlertConfigReader(this::value, problems).read());
        if (!problems.isEmpty()) {
            throw new StartFailedException(
                    NodeExit.CONFIGURATION,
                    String.join("\n", problems),
                    "settings come from flags, then KALENDS_… variables, then the configuration file");
        }
        return config;
    }

    private Optional<String> value(String name) {
        String variable = "KALENDS_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        return present(sources.flags(), name)
                .or(() -> present(sources.environment(), variable))
                .or(() -> present(sources.properties(), name));
    }

    private static Optional<String> present(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A switch: given without a value it is on. */
    private boolean isOn(String name) {
        String text = value(name).orElse("false");
        if (!Set.of("", "true", "false").contains(text)) {
            problems.add("a switch is true or false; " + name + "=" + shown(text));
        }
        return !text.equals("false");
    }

    private int number(String name, int absent, int min, int max) {
        Optional<String> text = value(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message that says what would be right.
        }
        problems.add("a number from " + min + " to " + max + "; " + name + "=" + shown(text.get()));
        return absent;
    }

    private long duration(String name, long absentMs) {
        Optional<String> text = value(name);
        if (text.isEmpty()) {
            return absentMs;
        }
        try {
            return DurationText.parse(text.get());
        } catch (ScheduleFormatException e) {
            problems.add(name + ": " + e.getMessage());
            return absentMs;
        }
    }

    private Path dataDirectory() {
        Optional<String> text = value("data-dir");
        if (text.isEmpty()) {
            return defaultDataDirectory();
        }
        try {
            if (!text.get().isEmpty()) {
                return Path.of(text.get()).toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            // Falls through to the one message that says what would be right.
        }
        problems.add("a directory; data-dir=" + shown(text.get()));
        return defaultDataDirectory();
    }

    private Path defaultDataDirectory() {
        return "root".equals(System.getProperty("user.name"))
                ? Path.of("/var/lib/kalends")
                : Tokens.directory(sources.environment()).resolveSibling("data");
    }

    private Listen listen() {
        String text = value("listen").orElse(LOOPBACK + ":" + NodeConfig.DEFAULT_PORT);
        boolean insecure = isOn("insecure");
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String plain = bracketed ? host.substring(1, host.length() - 1) : host;
        Optional<Integer> port = port(text.substring(colon + 1));
        if (plain.isEmpty() || port.isEmpty() || (!bracketed && plain.indexOf(':') >= 0)) {
            problems.add("HOST:PORT, such as 127.0.0.1:7070; listen=" + shown(text));
            return new Listen(LOOPBACK, NodeConfig.DEFAULT_PORT, false);
        }
        boolean beyond = isBeyondLoopback(plain);
        if (beyond && !insecure) {
            problems.add(
                    "listening beyond loopback needs TLS, which this version does not have: listen on 127.0.0.1, or"
                            + " say --insecure; listen=" + shown(text));
        }
        return new Listen(plain, port.get(), beyond);
    }

    private static Optional<Integer> port(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Integer.parseInt(text) <= 65_535 ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private boolean isBeyondLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            problems.add("this host has no address; listen=" + shown(host));
            return false;
        }
    }

    private String nodeId() {
        String id = value("node-id").orElse("n1");
        boolean plain = !id.isEmpty()
                && id.length() <= 64
                && id.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
        if (!plain) {
            problems.add("1 to 64 letters, digits, dots, dashes; node-id=" + shown(id));
        }
        return id;
    }

    private static String shown(String text) {
        StringBuilder plain = new StringBuilder();
        text.chars().limit(100).forEach(c -> plain.append(Character.isISOControl(c) ? '?' : (char) c));
        return plain.toString();
    }
}
