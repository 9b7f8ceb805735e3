package dev.kalends.cli.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    private final Spaces spaces;
    private final List<Link> proxies = new ArrayList<>();
    private int kafkaDoor;
    private ChildProcess broker;
    private ChildProcess etcd;

    Servers(Path directory, Shell shell, SitePlan plan) throws IOException {
        this.directory = directory;
        this.shell = shell;
        this.wiring = plan.wiring();
        this.spaces = new Spaces(shell);
        this.broker = broker();
        this.etcd = new ChildProcess("etcd", List.of("false"), Map.of(), directory.resolve("etcd.log"));
    }

    private ChildProcess broker() {
        return new ChildProcess(
                "kafka",
                shell.words("find_kafka '" + shell.top() + "' || no_kafka; kafka_java kafka.Kafka '"
                        + directory.resolve("kafka/server.properties") + "'"),
                kafkaSettings(),
                directory.resolve("kafka.log"));
    }

    /** What says which broker is meant passes. */
    private static Map<String, String> kafkaSettings() {
        Map<String, String> settings = new TreeMap<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("KALENDS_KAFKA")) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    void start() throws Exception {
        String doors = doors();
        String etcdProgram = shell.run("find_etcd '" + shell.top() + "' || no_etcd; echo \"$etcd\"");
        etcd = etcd(etcdProgram, Site.freePort());
        etcd.start();
        shell.run("find_kafka '" + shell.top() + "' || no_kafka; prepare_kafka '" + directory.resolve("kafka") + "' "
                + kafkaPort + " " + Site.freePort() + doors);
        startBroker();
        startEtcdAnswers();
    }

    /** Makes the ways of the nodes; answers the further doors that the broker must have for them. */
    private String doors() throws IOException {
        StringBuilder doors = new StringBuilder();
        if (wiring == SitePlan.Wiring.SPACES) {
            spaces.prepare();
            kafkaDoor = Site.freePort();
            doors.append(' ').append(Spaces.KAFKA).append('/').append(kafkaDoor);
        }
        for (int i = 0; i < DOORS; i++) {
            switch (wiring) {
                case DIRECT -> {}
                case LINKS -> {
                    int door = Site.freePort();
                    Link kafka = new Link(door, Link.Protocol.KAFKA);
                    Link toEtcd = new Link(etcdPort, Link.Protocol.BYTES);
                    proxies.addAll(List.of(kafka, toEtcd));
                    links.add(Links.of(kafka, toEtcd));
                    doors.append(' ').append(door).append(':').append(kafka.port());
                }
                case SPACES -> {
                    spaces.add(i);
                    links.add(spaces.links(i));
                }
            }
        }
        return doors.toString();
    }

    private ChildProcess etcd(String program, int peerPort) {
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + peerPort;
        List<String> words = List.of(
                program,
                "--name=e1",
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + client
                        + (wiring == SitePlan.Wiring.SPACES ? ",http://" + Spaces.ETCD + ":" + etcdPort : ""),
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=e1=" + peer);
        return new ChildProcess("etcd", words, Map.of(), directory.resolve("etcd.log"));
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

    List<ChildProcess> processes() {
        return List.of(broker, etcd);
    }

    ChildProcess brokerProcess() {
        return broker;
    }

    ChildProcess etcdProcess() {
        return etcd;
    }

    String kafkaOf(int door) {
        return switch (wiring) {
            case DIRECT -> "127.0.0.1:" + kafkaPort;
            case LINKS -> "127.0.0.1:" + proxies.get(2 * door).port();
            case SPACES -> Spaces.KAFKA + ":" + kafkaDoor;
        };
    }

    String etcdOf(int door) {
        return switch (wiring) {
            case DIRECT -> "http://127.0.0.1:" + etcdPort;
            case LINKS -> "http://127.0.0.1:" + proxies.get(2 * door + 1).port();
            case SPACES -> "http://" + Spaces.ETCD + ":" + etcdPort;
        };
    }

    /** Where a node with this door listens. */
    String hostOf(int door) {
        return wiring == SitePlan.Wiring.SPACES ? Spaces.address(door) : "127.0.0.1";
    }

    /** What a node's command begins with. */
    List<String> before(int door) {
        return wiring == SitePlan.Wiring.SPACES ? Spaces.within(door) : List.of();
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
        links.forEach(Links::heal);
        for (Link proxy : proxies) {
            proxy.close();
        }
    }
}
