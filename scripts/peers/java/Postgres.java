package dev.kalends.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A PostgreSQL server with a directory of its own. It refuses root, who then runs it as another user. */
final class Postgres implements Store {
    /** As the documentation has it for a server with memory to spare; whatever makes a commit durable stays on. */
    static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "1GB",
            "effective_cache_size", "3GB",
            "max_wal_size", "4GB",
            "checkpoint_timeout", "15min",
            "wal_buffers", "16MB",
            "random_page_cost", "1.1",
            "max_connections", "200"));

    private static final String DATABASE = "peers";
    private static final int START_TRIES = 150;

    private final Children children;
    private final Process server;
    private final int port;

    private Postgres(Children children, Process server, int port) {
        this.children = children;
        this.server = server;
        this.port = port;
    }

    static Postgres start(Children children, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path log = directory.resolve("log");
        Path data = directory.resolve("data");
        Files.createDirectory(data);
        List<String> as = unprivileged(children, data, log);
        List<String> initdb = new ArrayList<>(as);
        initdb.addAll(List.of(
                "initdb", "-D", data.toString(), "-U", "peers", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N"));
        children.run(initdb, log);
        int port = Ports.free();
        List<String> command = new ArrayList<>(as);
        command.addAll(List.of("postgres", "-D", data.toString(), "-p", Integer.toString(port)));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        Process process = children.start(new ProcessBuilder(command)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        Postgres postgres = new Postgres(children, process, port);
        postgres.awaitStart(log);
        return postgres;
    }

    /** The words before a command that make it run as somebody whom the server takes, the directory made theirs. */
    private static List<String> unprivileged(Children children, Path data, Path log)
            throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        String user = Files.readAllLines(Path.of("/etc/passwd")).stream().anyMatch(line -> line.startsWith("postgres:"))
                ? "postgres"
                : "nobody";
        Path parent = data.getParent();
        children.run(List.of("chmod", "a+rx", children.root().toString(), parent.toString()), log);
        children.run(List.of("chown", user, data.toString()), log);
        return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--");
    }

    private void awaitStart(Path log) throws IOException, InterruptedException {
        for (int i = 0; i < START_TRIES && server.isAlive(); i++) {
            try (Connection connection = connect("postgres")) {
                connection.createStatement().close();
                return;
            } catch (SQLException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("PostgreSQL did not start: "
                + Files.readString(log).strip().lines().toList().getLast());
    }

    @Override
    public String fresh(Contestant contestant) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + DATABASE);
            statement.execute("CHECKPOINT");
        }
        return contestant.writtenInJava() ? url(DATABASE) : "postgres://peers@127.0.0.1:" + port + "/" + DATABASE;
    }

    @Override
    public long diskBytes() throws SQLException {
        try (Connection connection = connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            try (ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
                size.next();
                return size.getLong(1);
            }
        }
    }

    @Override
    public long memoryBytes() {
        return 0;
    }

    @Override
    public String version() throws SQLException {
        try (Connection connection = connect("postgres")) {
            return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=peers";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        children.end(server);
    }
}
