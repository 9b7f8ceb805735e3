package dev.kalends.cli.main;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.node.ClusterRestore;
import dev.kalends.node.Restore;
import dev.kalends.node.StartFailedException;
import dev.kalends.tui.text.SafeText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code restore}: makes a new data directory, or a new cluster, of a backup, and says what that means for the runs
 * that were done after the backup.
 */
final class RestoreCommand implements Command {
    /** What names a cluster, as for a node. */
    private static final List<String> CLUSTER = List.of("kafka", "kafka-properties", "etcd", "zookeeper", "cluster");

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(
                        "restore DIR [--data-dir NEW] [--partitions P] [--run-due]",
                        "restore DIR --kafka HOST:PORT,… (--etcd URL,… | --zookeeper HOST:PORT,…) --cluster NAME"
                                + " [--partitions P] [--run-due]")
                .positionals("DIR", "1", "what kalends backup wrote; it stays as it is")
                .setting("--data-dir", "NEW", "a new or empty directory (default: as kalends node)")
                .value(
                        "--partitions",
                        "P",
                        "another number of them: jobs get new ids (default: as in the backup;"
                                + " cluster: as its topic, else 8)")
                .toggle("--run-due", "let one-offs run that came due since: perhaps for the second time")
                .value("--kafka", "HOST:PORT,…", "into a new cluster: its brokers")
                .value("--kafka-properties", "FILE", "further settings of Kafka's clients, such as TLS and login")
                .value("--etcd", "URL,…", "where the nodes of the cluster meet")
                .value("--zookeeper", "HOST:PORT,…", "the same, by ZooKeeper")
                .value("--cluster", "NAME", "the cluster's name; none of its nodes may run, its journal must be empty")
                .examples(
                        "kalends restore /var/backups/kalends-2026-03-07 --data-dir /srv/kalends-restored",
                        "kalends restore /var/backups/kalends-2026-03-07 --kafka k1:9092 --etcd http://e1:2379"
                                + " --cluster prod");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        Path backup = absolute(arguments.positionals().getFirst());
        Restore.Due due = arguments.has("--run-due") ? Restore.Due.RUN : Restore.Due.HOLD;
        OptionalInt partitions = partitions(arguments);
        Map<String, String> cluster = cluster(arguments);
        RestoreBar bar = new RestoreBar(session);
        try {
            if (cluster.isEmpty()) {
                Path target = target(arguments, session);
                directory(session, new Restore.Order(backup, target, due, partitions, bar::stored), bar);
            } else {
                ClusterRestore.Done done = ClusterRestore.run(
                        new ClusterRestore.Order(backup, due, partitions, cluster, bar),
                        session.surroundings().clocks().wall(),
                        session.surroundings().clocks().monotonic());
                bar.end();
                new RestoreReport(session).cluster(done);
            }
            return DONE;
        } catch (StartFailedException e) {
            throw refused(e);
        } finally {
            bar.end();
        }
    }

    private static void directory(Session session, Restore.Order order, RestoreBar bar) throws StartFailedException {
        Restore.Restored restored =
                Restore.run(order, session.surroundings().clocks().wall());
        bar.end();
        new RestoreReport(session).directory(order.dataDirectory(), restored);
    }

    private static Path target(Arguments arguments, Session session) {
        return arguments
                .text("--data-dir")
                .map(RestoreCommand::absolute)
                .orElseGet(() -> session.surroundings().environment().dataDirectory());
    }

    private static OptionalInt partitions(Arguments arguments) {
        Optional<String> text = arguments.text("--partitions");
        if (text.filter(number -> !number.matches("[1-9][0-9]{0,3}")).isPresent()) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "--partitions is a number from 1 to 1024; partitions=" + SafeText.field(text.orElse("")),
                    "");
        }
        return text.stream().mapToInt(Integer::parseInt).findFirst();
    }

    /** Flags only: what the environment says of a cluster is for its nodes. */
    private static Map<String, String> cluster(Arguments arguments) {
        Map<String, String> given = new HashMap<>();
        CLUSTER.forEach(name -> arguments.text("--" + name).ifPresent(value -> given.put(name, value)));
        return given;
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    /** The statuses of daemons mean nothing for a command that ends at once. */
    private static ApiException refused(StartFailedException e) {
        ErrorCode code = switch (e.exit()) {
            case CONFIGURATION -> ErrorCode.INVALID;
            case UNAVAILABLE, TEMPORARY, INTERNAL, DRAINED -> ErrorCode.FAILED;
        };
        return new ApiException(code, e.message(), e.hint().orElse(""));
    }
}
