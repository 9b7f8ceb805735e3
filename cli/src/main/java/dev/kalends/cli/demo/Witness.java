package dev.kalends.cli.demo;

import dev.kalends.job.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file to which the demo's jobs write one line each time they are executed: what really happened, whatever the
 * node says.
 */
final class Witness {
    /** Appends {@code LABEL RUN ATTEMPT TOKEN MILLISECONDS} to the file; one write, so lines do not mix. */
    static final String SCRIPT = "echo \"$1 $KALENDS_RUN_ID $KALENDS_ATTEMPT $KALENDS_TOKEN $(date +%s%3N)\" >> \"$2\"";

    private final Path file;
    private long readBytes;

    Witness(Path file) {
        this.file = file;
    }

    /** One execution. */
    record Line(String label, RunId run, int attempt, long token, long atMs) {
        long skewMs() {
            return atMs - run.nominalMs();
        }
    }

    Path file() {
        return file;
    }

    /** The lines that were added since the last call. */
    List<Line> added() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] all = Files.readAllBytes(file);
        List<Line> lines = new ArrayList<>();
        int start = (int) readBytes;
        for (int i = start; i < all.length; i++) {
            if (all[i] == '\n') {
                parse(new String(all, start, i - start, StandardCharsets.UTF_8)).ifPresent(lines::add);
                start = i + 1;
            }
        }
        readBytes = start;
        return lines;
    }

    private static Optional<Line> parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 5) {
            throw new IllegalStateException("not a line of a job; line=" + text);
        }
        return RunId.parse(parts[1])
                .map(run -> new Line(
                        parts[0], run, Integer.parseInt(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4])));
    }
}
