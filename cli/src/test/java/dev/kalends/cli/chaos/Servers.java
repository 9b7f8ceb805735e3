package dev.kalends.cli.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The broker and etcd of a site, and the links that lead to them. */
final class Servers implements AutoCloseable {
    /** Nodes that a site may have; each has a door at the broker. */
    private static final int DOORS = 4;

    private static final Duration START = Duration.ofSeconds(90);

    private final Path directory;
    private final Shell shell;
    private final int kafkaPort = Site.freePort();
    private final int etcdPort = Site.freePort();
    private final List<Links> links = new ArrayList<>();
    private final SitePlan.Wiring wiring;
    private Proc broker;
    private Proc etcd;

    Servers(Path directory, Shell shell, SitePlan plan) throws IOException {
        this.directory = directory;
        this.shell = shell;
        this.wiring = plan.wiring();
        this.broker = broker();
        this.etcd = new Proc("etcd", List.of("false"), Map.of(), directory.resolve("etcd.log"));
    }

    private Proc broker() {
        return new Proc(
                "kafka",
                shell.words("find_kafka '" + shell.top() + "' || no_kafka; kafka_java kafka.Kafka '"
                        + directory.resolve("kafka/server.properties") + "'"),
                Map.of(),
                directory.resolve("kafka.log"));
    }

    void start() throws Exception {
        StringBuilder doors = new StringBuilder();
        if (wiring == SitePlan.Wiring.LINKS) {
            for (int i = 0; i < DOORS; i++) {
                int door = Site.freePort();
                Links both = new Links(new Link(door, Link.Protocol.KAFKA), new Link(etcdPort, Link.Protocol.BYTES));
                links.add(both);
                doors.append(' ').append(door).append(':').append(both.kafka().port());
            }
        }
        String etcdProgram = shell.run("find_etcd '" + shell.top() + "' || no_etcd; echo \"$etcd\"");
        etcd = etcd(etcdProgram, Site.freePort());
        etcd.start();
        shell.run("find_kafka '" + shell.top() + "' || no_kafka; prepare_kafka '" + directory.resolve("kafka") + "' "
                + kafkaPort + " " + Site.freePort() + doors);
        startBroker();
        startEtcdAnswers();
    }

    private Proc etcd(String program, int peerPort) {
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + peerPort;
        List<String> words = List.of(
                program,
                "--name=e1",
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=e1=" + peer);
        return new Proc("etcd", words, Map.of(), directory.resolve("etcd.log"));
    }

    /** Starts the broker, also after a kill, and waits until it serves. */
    void startBroker() throws Exception {
        if (!broker.alive()) {
            broker.start();
        }
        broker.awaitLog("Kafka Server started", START);
    }

    private void startEtcdAnswers() throws Exception {
        etcd.awaitLog("client requests", START);
    }

    void startEtcd() throws Exception {
        etcd.start();
        startEtcdAnswers();
    }

    List<Proc> processes() {
        return List.of(broker, etcd);
    }

    Proc brokerProcess() {
        return broker;
    }

    Proc etcdProcess() {
        return etcd;
    }

    String kafkaOf(int door) {
        int port = wiring == SitePlan.Wiring.LINKS ? links.get(door).kafka().port() : kafkaPort;
        return "127.0.0.1:" + port;
    }

    String etcdOf(int door) {
        int port = wiring == SitePlan.Wiring.LINKS ? links.get(door).etcd().port() : etcdPort;
        return "http://127.0.0.1:" + port;
    }

    Links links(int door) {
        if (links.isEmpty()) {
            throw new CellFailure("this site has no links; wiring=" + wiring);
        }
        return links.get(door);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        etcd.close();
        for (Links both : links) {
            both.kafka().close();
            both.etcd().close();
        }
    }
}
