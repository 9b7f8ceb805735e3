package dev.kalends.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka on free ports of the loopback: broker and controller in one process of their own, in a new directory.
 * One is shared by all tests of a JVM, so tests take names of their own for what they make in it.
 */
public final class KafkaBroker {
    private static final long START_MS = 60_000;
    private static final String CLUSTER_ID = "a2FsZW5kcy10ZXN0cy0wMA";
    private static @Nullable KafkaBroker shared;

    private final Path directory;
    private final int port = freePort();
    private final int controllerPort = freePort();
    private final int proxiedPort = freePort();
    private final TcpProxy proxy = new TcpProxy(proxiedPort);
    private Optional<Process> process = Optional.empty();

    private KafkaBroker(Path directory) {
        this.directory = directory;
    }

    /** The one that runs; started at the first call, ended with the JVM. */
    public static synchronized KafkaBroker shared() {
        KafkaBroker broker = shared;
        if (broker == null) {
            broker = create();
            shared = broker;
        }
        return broker;
    }

    private static KafkaBroker create() {
        try {
            KafkaBroker broker = new KafkaBroker(Files.createTempDirectory("kalends-kafka-"));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::remove));
            Files.writeString(broker.configFile(), broker.config());
            broker.run("kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c")
                    .onExit()
                    .join();
            broker.start();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configFile() {
        return directory.resolve("server.properties");
    }

    private String config() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,PROXIED://127.0.0.1:%4$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,PROXIED://127.0.0.1:%5$d
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.backoff.ms=200
                log.cleaner.dedupe.buffer.size=4194304
                log.initial.task.delay.ms=200
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                add.partitions.to.txn.retry.backoff.ms=2
                """.formatted(port, controllerPort, directory.resolve("data"), proxiedPort, proxy.port());
    }

    private Process run(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                main));
        command.addAll(List.of(arguments));
        command.add(configFile().toString());
        File log = directory.resolve("log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** Of this JVM, also where its launcher has loaded the tests by a loader of its own. */
    private static String classPath() {
        if (KafkaBroker.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    /** {@code HOST:PORT}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** {@code HOST:PORT} of the same broker, by way of the {@link #proxy}. */
    public String proxiedAddress() {
        return "127.0.0.1:" + proxy.port();
    }

    /** What lies between the broker and whoever uses {@link #proxiedAddress}. */
    public TcpProxy proxy() {
        return proxy;
    }

    /** Starts it again after a {@link #kill}. */
    public void start() {
        try {
            Process started = run("kafka.Kafka");
            process = Optional.of(started);
            Patience.await(START_MS, () -> answers(started));
            awaitTransactions();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It listens before it serves: the topic behind transactions is made at the first one. */
    private void awaitTransactions() {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                address(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "kalends-tests-ready",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                START_MS);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
        }
    }

    private boolean answers(Process started) {
        if (!started.isAlive()) {
            throw new AssertionError("Kafka ended: " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process at once, whatever it is doing. */
    public void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().join();
        });
        process = Optional.empty();
    }

    /** Lets the process stand still. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            String pid = String.valueOf(process.orElseThrow().pid());
            int status = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
            if (status != 0) {
                throw new AssertionError("kill failed; signal=" + name + " status=" + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void remove() {
        kill();
        proxy.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
