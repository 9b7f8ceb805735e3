package dev.kalends.architecture;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The levels of the packages: a package imports only from lower ones; an adapter only its ports and their vocabulary.
 */
final class Layers {
    private static final Map<String, Integer> LEVEL_BY_PACKAGE = Map.ofEntries(
            Map.entry("time", 0),
            Map.entry("job", 1),
            Map.entry("schedule", 2),
            Map.entry("timer", 2),
            Map.entry("lease", 2),
            Map.entry("api", 2),
            Map.entry("journal", 3),
            Map.entry("runqueue", 3),
            Map.entry("need", 3),
            Map.entry("client", 3),
            Map.entry("partition", 4),
            Map.entry("forecast", 4),
            Map.entry("verdict", 4),
            Map.entry("move", 4),
            Map.entry("claim", 5),
            Map.entry("runtime", 5),
            Map.entry("memory", 5),
            Map.entry("sqlite", 5),
            Map.entry("kafka", 5),
            Map.entry("etcd", 5),
            Map.entry("zookeeper", 5),
            Map.entry("worker", 5),
            Map.entry("rehearsal", 6),
            Map.entry("relay", 6),
            Map.entry("server", 7),
            Map.entry("alert", 8),
            Map.entry("node", 9));

    /** What an adapter may import. */
    private static final Map<String, Set<String>> PORTS_BY_ADAPTER = Map.of(
            "memory", Set.of("time", "job", "journal"),
            "sqlite", Set.of("time", "job", "journal"),
            "kafka", Set.of("time", "job", "journal", "runqueue"),
            "etcd", Set.of("time", "job", "lease"),
            "zookeeper", Set.of("time", "job", "lease"));

    /** What the modules around the node may import of it. */
    private static final Set<String> SHARED = Set.of("time", "job", "schedule", "api", "client", "need");
    /** What only {@code cli.main} starts. */
    private static final Set<String> STARTED = Set.of("node", "worker");

    private static final int HIGHEST_PURE_LEVEL = 4;

    private Layers() {}

    /** Whether the table has a package, by its name after {@code dev.kalends}. */
    static boolean knows(String name) {
        return LEVEL_BY_PACKAGE.containsKey(name);
    }

    /** Whether a node package may import another. */
    static boolean allows(String from, String to) {
        Set<String> ports = PORTS_BY_ADAPTER.get(from);
        Optional<Integer> fromLevel = level(from);
        Optional<Integer> toLevel = level(to);
        boolean lower = fromLevel.isPresent() && toLevel.isPresent() && toLevel.get() < fromLevel.get();
        return from.equals(to) || (lower && (ports == null || ports.contains(to)));
    }

    /** Whether the package of a module {@code cli} or {@code tui} may import a package after {@code dev.kalends}. */
    static boolean allowsOutside(String module, String fromPackage, String to) {
        boolean ownModule = to.equals(module) || (module.equals("cli") && to.equals("tui"));
        boolean starts = fromPackage.equals("dev.kalends.cli.main") && STARTED.contains(to);
        return ownModule || starts || SHARED.contains(to);
    }

    /** Whether a package must not know chance: the vocabulary, the ports and the decisions; a client makes ids. */
    static boolean isPure(String name) {
        return !name.equals("client")
                && level(name).filter(at -> at <= HIGHEST_PURE_LEVEL).isPresent();
    }

    private static Optional<Integer> level(String name) {
        return Optional.ofNullable(LEVEL_BY_PACKAGE.get(name));
    }
}
