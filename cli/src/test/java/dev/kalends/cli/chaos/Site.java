package dev.kalends.cli.chaos;

import dev.kalends.api.PartitionView;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.NodeClient;
import dev.kalends.time.MonotonicClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Real processes on this machine: a broker, etcd, nodes and workers, or one embedded node with workers. Everything is
 * in one directory; all that it started ends with it.
 */
final class Site implements AutoCloseable {
    static final Duration START = Duration.ofMinutes(2);
    private static final String CLUSTER = "chaos";
    /** What a node ends with that a supervisor is to start again. */
    private static final int UNAVAILABLE = 69;

    private static final int STARTS_MAX = 5;

    private final SitePlan plan;
    private final Path directory;
    private final Shell shell;
    private final Servers servers;
    private final Map<String, NodeSeat> seatByNode = new TreeMap<>();
    private final Map<String, ChildProcess> workerByName = new TreeMap<>();
    private final Tokens tokens;

    /** Where a node is and how it is reached. */
    private record NodeSeat(ChildProcess process, URI url, int door) {}

    private Site(SitePlan plan, Path directory, Shell shell) throws IOException {
        this.plan = plan;
        this.directory = directory;
        this.shell = shell;
        this.servers = new Servers(directory, shell, plan);
        this.tokens = new Tokens(directory.resolve("token"));
    }

    static Site start(SitePlan plan, Path directory, Shell shell) throws Exception {
        Files.createDirectories(directory);
        Site site = new Site(plan, directory, shell);
        // Ctrl-C leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(site::end));
        try {
            site.open();
            return site;
        } catch (Exception | AssertionError e) {
            site.close();
            throw e;
        }
    }

    private void open() throws Exception {
        shell.run(List.of(plan.program().toString(), "version")); // builds it, once for all
        Files.createFile(
                tokens.file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(tokens.file(), "chaos-" + dev.kalends.client.RequestIds.next());
        if (plan.home() == SitePlan.Home.CLUSTER) {
            servers.start();
        }
        for (int i = 1; i <= plan.nodes(); i++) {
            addNode("n" + i, plan.program());
            awaitListening("n" + i);
        }
        awaitLeaders();
        for (int i = 1; i <= plan.workers(); i++) {
            addWorker();
        }
    }

    /** Adds a worker like the others, and waits until it is ready. */
    void addWorker() throws Exception {
        ChildProcess worker = worker("w" + (workerByName.size() + 1));
        workerByName.put(worker.name(), worker);
        worker.start();
        worker.awaitLog(" slots", START);
    }

    SitePlan plan() {
        return plan;
    }

    Servers servers() {
        return servers;
    }

    Shell shell() {
        return shell;
    }

    Path directory() {
        return directory;
    }

    Tokens tokens() {
        if (plan.home() == SitePlan.Home.EMBEDDED) {
            return new Tokens(directory.resolve("n1/data/admin.token"));
        }
        return tokens;
    }

    List<String> nodes() {
        return List.copyOf(seatByNode.keySet());
    }

    List<URI> urls() {
        return seatByNode.values().stream().map(NodeSeat::url).toList();
    }

    List<ChildProcess> workers() {
        return List.copyOf(workerByName.values());
    }

    ChildProcess node(String name) {
        return seat(name).process();
    }

    private NodeSeat seat(String name) {
        return Optional.ofNullable(seatByNode.get(name))
                .orElseThrow(() -> new CellFailure("there is no such node; node=" + name));
    }

    /** Adds a node, or puts one with another program in its place, on the same data; starts it without waiting. */
    void addNode(String name, Path program) throws IOException {
        NodeSeat before = seatByNode.get(name);
        int port = before == null ? freePort() : before.url().getPort();
        int door = before == null ? seatByNode.size() : before.door();
        Path home = Files.createDirectories(directory.resolve(name));
        String host = servers.hostOf(door);
        List<String> words = new ArrayList<>(servers.before(door));
        words.addAll(List.of(
                program.toString(), "node", "--data-dir", home.resolve("data").toString()));
        words.addAll(List.of("--listen", host + ":" + port, "--node-id", name, "--no-worker"));
        if (plan.wiring() == SitePlan.Wiring.SPACES) {
            words.add("--insecure"); // beyond its own loopback, on a cable that leads to us alone
        }
        words.addAll(List.of("--partitions", Integer.toString(plan.partitions())));
        if (plan.home() == SitePlan.Home.CLUSTER) {
            words.addAll(
                    List.of("--cluster", CLUSTER, "--token-file", tokens.file().toString()));
            words.addAll(List.of("--kafka", servers.kafkaOf(door), "--etcd", servers.etcdOf(door)));
        }
        ChildProcess process = new ChildProcess(name, words, environment(name), home.resolve("log"));
        seatByNode.put(name, new NodeSeat(process, URI.create("http://" + host + ":" + port), door));
        process.start();
    }

    /** The links of a node; the wiring must have some. */
    Links links(String node) {
        return servers.links(seat(node).door());
    }

    private Map<String, String> environment(String name) throws IOException {
        Map<String, String> environment = new TreeMap<>(FakeClock.environment(clock(name)));
        environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
        environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
        environment.put("KALENDS_JAVA_OPTS", "-Xmx512m");
        return environment;
    }

    /** The clock that a node's process reads, where it can be set. */
    FakeClock clock(String node) {
        return new FakeClock(directory.resolve("clock-" + node));
    }

    private ChildProcess worker(String name) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        String urls = String.join(",", urls().stream().map(URI::toString).toList());
        List<String> words =
                List.of(plan.program().toString(), "worker", "--node", urls, "--slots", Integer.toString(plan.slots()));
        Map<String, String> environment = new TreeMap<>(environment("worker"));
        environment.put("KALENDS_TOKEN_FILE", tokens().file().toString());
        return new ChildProcess(name, words, environment, home.resolve("log"));
    }

    /** Waits until a node listens; one that ends because something else is not there yet is started again. */
    void awaitListening(String node) throws Exception {
        ChildProcess process = node(node);
        for (int tries = 1; !process.awaitLogOrEnd(" listens on ", START); tries++) {
            if (process.exitStatus() != UNAVAILABLE || tries == STARTS_MAX) {
                throw new CellFailure(node + " ended; " + process.tail());
            }
            process.start();
        }
    }

    /** Waits until every partition has a leader that lives. */
    void awaitLeaders() throws Exception {
        Waits.until("every partition has a leader", START, () -> leaders().size() == plan.partitions());
    }

    /** Who leads what, as the nodes that live see it; partitions without a leader are left out. */
    Map<Integer, String> leaders() {
        for (String node : nodes()) {
            if (!node(node).alive()) {
                continue;
            }
            try {
                Map<Integer, String> leaders = new TreeMap<>();
                for (PartitionView view : client(node).partitionLeases().items()) {
                    String leader = view.leader();
                    if (leader != null && !leader.isEmpty() && node(leader).alive()) {
                        leaders.put(view.partition(), leader);
                    }
                }
                return leaders;
            } catch (dev.kalends.api.ApiException e) {
                // Not this one: the next.
            }
        }
        return Map.of();
    }

    NodeClient client(String node) {
        return client(List.of(seat(node).url()), Duration.ofSeconds(5));
    }

    /** A client of all nodes. */
    NodeClient client() {
        return client(urls(), Duration.ofSeconds(30));
    }

    private NodeClient client(List<URI> urls, Duration timeout) {
        return new NodeClient(
                new ClientSettings(urls, Optional.empty(), tokens().source(), timeout, MonotonicClock.system()));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void end() {
        try {
            close();
        } catch (IOException e) {
            // The processes were ended before; a socket that will not close ends with this one.
        }
    }

    @Override
    public void close() throws IOException {
        workerByName.values().forEach(ChildProcess::close);
        seatByNode.values().forEach(seat -> seat.process().close());
        servers.close();
    }
}
