package dev.kalends.cli.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A transcript of command lines, compared with {@code src/test/resources/golden/NAME.txt}.
 *
 * <p>{@code -Dgolden.write=true} writes the file instead: read the difference before it is committed.
 */
public final class Golden {
    private final String name;
    private final StringBuilder transcript = new StringBuilder();

    public Golden(String name) {
        this.name = name;
    }

    /** Runs a command line and adds it with all it wrote. */
    public Golden add(CommandRun run, String... words) {
        transcript.append("$ kalends");
        for (String word : words) {
            transcript.append(' ').append(word.matches("[\\w@%+=:,./-]+") ? word : "'" + word + "'");
        }
        CommandRun.Outcome outcome = run.run(words);
        transcript.append('\n').append(outcome.out());
        outcome.err()
                .lines()
                .forEach(line -> transcript.append("2> ").append(line).append('\n'));
        transcript.append("exit ").append(outcome.status()).append("\n\n");
        return this;
    }

    /** Compares. */
    public void check() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Path file = Path.of(System.getProperty("golden.dir", "src/test/resources/golden"), name + ".txt");
            Files.writeString(file, transcript);
            return;
        }
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".txt")) {
            String expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(expected, transcript.toString(), "golden/" + name + ".txt; -Dgolden.write=true writes it");
        }
    }
}
