package dev.kalends.cli.manual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a person wrote for one page, in mdoc: a line {@code @KEY} begins a part that is put where it belongs, and
 * {@code .Sh TITLE} a section, whose key is its title.
 *
 * <p>Keys: {@code option --long-name} follows the text of that option; {@code command PATH} that of a command which
 * shares the page; {@code see} holds further references, one {@code NAME SECTION} a line.
 */
record Notes(Map<String, List<String>> linesByKey) {
    /** Reads a page's file; no file, no notes. */
    static Notes read(Path file) throws IOException {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return new Notes(lines);
        }
        String key = "";
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.startsWith("@") || line.startsWith(".Sh ")) {
                key = line.startsWith("@") ? line.substring(1) : line.substring(4);
                lines.computeIfAbsent(key, _ -> new ArrayList<>());
            } else if (!key.isEmpty()) {
                lines.computeIfAbsent(key, _ -> new ArrayList<>()).add(line);
            }
        }
        return new Notes(lines);
    }

    boolean has(String key) {
        return linesByKey.containsKey(key);
    }

    /** The lines of a part, none where it is absent. */
    List<String> lines(String key) {
        return linesByKey.getOrDefault(key, List.of());
    }
}
