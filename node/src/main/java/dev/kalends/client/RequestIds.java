package dev.kalends.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;

/** Makes request ids: 128 random bits, so that two clients never make the same. */
public final class RequestIds {
    private static final Path RANDOM = Path.of("/dev/urandom");
    private static final int BYTES = 16;

    private RequestIds() {}

    /** A new id. */
    public static String next() {
        // The kernel's generator directly: starting Java's own costs a one-shot command 15 ms.
        try (InputStream random = Files.newInputStream(RANDOM)) {
            byte[] bytes = random.readNBytes(BYTES);
            if (bytes.length == BYTES) {
                return HexFormat.of().formatHex(bytes);
            }
        } catch (IOException e) {
            // There is no such device here: below is the portable way.
        }
        return UUID.randomUUID().toString();
    }
}
