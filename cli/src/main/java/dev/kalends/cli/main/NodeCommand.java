package dev.kalends.cli.main;

import dev.kalends.api.ErrorBody;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.ErrorLines;
import dev.kalends.node.KalendsNode;
import dev.kalends.node.NodeConfig;
import dev.kalends.node.ServiceNotice;
import dev.kalends.node.Signals;
import dev.kalends.node.StartFailedException;
import dev.kalends.node.StderrLog;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code node}: a scheduler node in this process, until it is asked to stop. The first signal drains it, the second
 * ends the wait.
 */
final class NodeCommand implements Command {
    private static final List<String> VALUES = List.of(
            "data-dir",
            "listen",
            "workers",
            "partitions",
            "skew-slo",
            "history-max",
            "kafka",
            "kafka-properties",
            "etcd",
            "zookeeper",
            "cluster",
            "standby",
            "advertise",
            "node-id",
            "token-file",
            "drain-timeout",
            "alert-webhook",
            "alert-webhook-token-file");
    private static final List<String> SWITCHES = List.of("no-worker", "insecure", "access-log");

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(
                        "node [--data-dir DIR] [--listen HOST:PORT] [--workers N | --no-worker] [--partitions P]",
                        "node --kafka HOST:PORT,… (--etcd URL,… | --zookeeper HOST:PORT,…) --cluster NAME --node-id ID"
                                + " --token-file FILE")
                .value("--data-dir", "DIR", "where everything is kept (root: /var/lib/kalends)")
                .value("--listen", "HOST:PORT", "default 127.0.0.1:7070; port 0 is any free one")
                .value("--workers", "N", "executions at a time in this process (default 16)")
                .toggle("--no-worker", "none: workers are processes of their own")
                .value("--partitions", "P", "of a new store or cluster, fixed then (default 1; cluster 8)")
                .value("--skew-slo", "D", "how late a start may be (default 1s)")
                .value("--history-max", "SIZE", "bytes of history (not in this version)")
                .value("--drain-timeout", "D", "how long runs may go on after SIGTERM (default 30s)")
                .value("--node-id", "ID", "name of this node (default n1)")
                .value("--alert-webhook", "URL", "where alerts are POSTed, when they begin and when they end")
                .value("--alert-webhook-token-file", "FILE", "holds the bearer token that goes with them")
                .toggle("--access-log", "a line in the log for each request")
                .toggle("--insecure", "listen beyond loopback without TLS")
                .value("--kafka", "HOST:PORT,…", "brokers: this node is one of a cluster")
                .value("--kafka-properties", "FILE", "further settings of Kafka's clients, such as TLS and login")
                .value("--etcd", "URL,…", "where the nodes of the cluster meet")
                .value("--zookeeper", "HOST:PORT,…", "the same, by ZooKeeper")
                .value("--cluster", "NAME", "the cluster's name")
                .value(
                        "--standby",
                        "N|all",
                        "nodes that hold a partition beside its leader; the same on all nodes (default all)")
                .value("--advertise", "HOST:PORT", "where other nodes reach this one (default: --listen)")
                .examples(
                        "kalends node",
                        "kalends node --data-dir /srv/kalends --listen 127.0.0.1:7171",
                        "kalends node --cluster prod --node-id n1 --kafka k1:9092,k2:9092 --etcd http://e1:2379"
                                + " --token-file /etc/kalends/token");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        Map<String, String> variables = session.surroundings().environment().valueByName();
        StderrLog log =
                StderrLog.ofProcess(variables, session.surroundings().clocks().wall());
        log.captureSystemLogger();
        try (ServiceNotice notice = new ServiceNotice(variables, log)) {
            NodeConfig config = NodeConfig.read(sources(arguments, session), VersionCommand.version());
            KalendsNode node = KalendsNode.start(config, log);
            Signals.onStop(() -> {
                notice.stopping();
                node.drain();
            });
            notice.ready("listens on " + node.url());
            notice.watch(node::stuck);
            return node.await().status();
        } catch (StartFailedException e) {
            return tell(session, e);
        }
    }

    private static NodeConfig.Sources sources(Arguments arguments, Session session) {
        Map<String, String> flags = new HashMap<>();
        for (String name : VALUES) {
            arguments.text("--" + name).ifPresent(value -> flags.put(name, value));
        }
        for (String name : SWITCHES) {
            if (arguments.has("--" + name)) {
                flags.put(name, "true");
            }
        }
        return new NodeConfig.Sources(
                flags,
                session.surroundings().environment().valueByName(),
                arguments.sources().fileValueByName());
    }

    /** The first line says how many are wrong when several are. */
    static int tell(Session session, StartFailedException e) {
        List<String> problems = e.message().lines().toList();
        String message = problems.size() == 1 ? problems.getFirst() : problems.size() + " settings are wrong";
        String before = problems.size() == 1 ? "" : e.message() + "\n";
        String hint = before + e.hint().orElse("");
        ErrorBody body = new ErrorBody(
                new ErrorBody.Detail(e.exit().name().toLowerCase(Locale.ROOT), message, hint.isEmpty() ? null : hint));
        ErrorLines.print(
                session.surroundings().err(), body, session.settings().manner().format());
        return e.exit().status();
    }
}
