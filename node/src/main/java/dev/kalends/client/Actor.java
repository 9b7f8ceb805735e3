package dev.kalends.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who uses this client, as the machine knows it: {@code user@host}, for the node's record of who did what. */
final class Actor {
    private static final Path HOST_FILE = Path.of("/proc/sys/kernel/hostname");
    private static final String TEXT = plain(System.getProperty("user.name", "")) + "@" + host();

    private Actor() {}

    static String text() {
        return TEXT;
    }

    /** Read, not resolved: a name service may take seconds. */
    private static String host() {
        Optional<String> named = Optional.ofNullable(System.getenv("HOSTNAME"));
        try {
            return plain(named.isPresent() ? named.get() : Files.readString(HOST_FILE, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String plain(String text) {
        String plain = text.strip().replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.isEmpty() ? "unknown" : plain.substring(0, Math.min(50, plain.length()));
    }
}
