package dev.kalends.sqlite;

import com.google.protobuf.CodedOutputStream;
import dev.kalends.journal.Store;
import dev.kalends.testing.Samples;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;

/** A process of its own that holds a data directory and writes to it until it is killed. */
final class StoreChild implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private StoreChild(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Starts it: {@code hold} says one line and waits, {@code write} says the number of each commit it made. */
    static StoreChild start(String role, Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath(), StoreChild.class.getName(), role, directory.toString()));
        return new StoreChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static String classPath() {
        return Stream.of(
                        StoreChild.class,
                        SqliteStore.class,
                        JDBC.class,
                        CodedOutputStream.class,
                        LoggerFactory.class,
                        NullMarked.class)
                .map(StoreChild::place)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Its next line; waits for it. */
    String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the process ended; pid=" + process.pid());
        }
        return line;
    }

    /** Kills it and answers what it had still said. */
    List<String> kill() {
        process.toHandle().destroyForcibly(); // unlike the process itself, this leaves its output readable
        List<String> rest = output.lines().toList();
        process.onExit().join();
        return rest;
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        try (DataDirectory data = DataDirectory.open(Path.of(arguments[1]), Samples.PARTITION + 1);
                SqliteStore store = data.openStore(Samples.PARTITION, Durability.FULL)) {
            System.out.println("ready");
            if (arguments[0].equals("write")) {
                write(store);
            }
            while (System.in.read() >= 0) {
                // until killed, or until the parent has died
            }
        }
    }

    private static void write(Store store) {
        for (int i = (int) store.nextSequence(Samples.DAY); ; i++) {
            StoreSetup.accept(store, i, 1, 30);
            System.out.println(i);
        }
    }
}
