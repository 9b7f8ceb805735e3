package dev.kalends.tui.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A screen, compared with {@code src/test/resources/golden/NAME.txt}.
 *
 * <p>{@code -Dgolden.write=true} writes the file instead: look at the screen before it is committed.
 */
public final class GoldenScreen {
    private GoldenScreen() {}

    /** Compares. */
    public static void check(String name, List<String> lines) throws IOException {
        String screen = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Path directory = Path.of(System.getProperty("golden.dir", "src/test/resources/golden"));
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(name + ".txt"), screen);
            return;
        }
        try (InputStream in = GoldenScreen.class.getResourceAsStream("/golden/" + name + ".txt")) {
            String expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(expected, screen, "golden/" + name + ".txt; -Dgolden.write=true writes it");
        }
    }
}
