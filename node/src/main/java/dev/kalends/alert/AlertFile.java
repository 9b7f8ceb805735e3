package dev.kalends.alert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers which alerts last, over a restart: else the end of one that ended meanwhile were never told. A line each:
 * code and when it began, in UTC milliseconds.
 */
final class AlertFile {
    /** Its name in the data directory. */
    static final String NAME = "alerts";

    private static final int BYTES_MAX = 4_096;

    private final Path file;

    AlertFile(Path dataDirectory) {
        this.file = dataDirectory.resolve(NAME);
    }

    /** What lasted; nothing when there is no such file, and of a damaged one what can be read. */
    Map<String, Long> read() throws IOException {
        Map<String, Long> beganMsByCode = new TreeMap<>();
        try {
            if (Files.size(file) <= BYTES_MAX) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    String[] words = line.split(" ", 2);
                    if (words.length == 2 && words[1].matches("\\d{1,15}")) {
                        beganMsByCode.put(words[0], Long.parseLong(words[1]));
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing has ever been amiss.
        }
        return beganMsByCode;
    }

    void write(Map<String, Long> beganMsByCode) throws IOException {
        StringBuilder text = new StringBuilder();
        beganMsByCode.forEach(
                (code, beganMs) -> text.append(code).append(' ').append(beganMs).append('\n'));
        Path fresh = file.resolveSibling(NAME + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
