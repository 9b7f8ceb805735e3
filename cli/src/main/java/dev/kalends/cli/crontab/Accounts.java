package dev.kalends.cli.crontab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The users of this machine and their homes, as its local file says. */
record Accounts(Map<String, String> homeByName) {
    private static final int FIELDS = 7;
    private static final int NAME_CHARS_MAX = 64;

    Accounts {
        homeByName = Map.copyOf(homeByName);
    }

    /** Reads a file like {@code /etc/passwd}; a file that cannot be read knows nobody. */
    static Accounts read(Path passwd) {
        Map<String, String> homes = new TreeMap<>();
        try (Stream<String> lines = Files.lines(passwd, StandardCharsets.ISO_8859_1)) {
            lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length == FIELDS)
                    .forEach(fields -> homes.putIfAbsent(fields[0], fields[5]));
        } catch (IOException e) {
            return new Accounts(Map.of());
        }
        return new Accounts(homes);
    }

    boolean has(String name) {
        return homeByName.containsKey(name);
    }

    Optional<String> home(String name) {
        return Optional.ofNullable(homeByName.get(name));
    }

    /** Whether a text can be a user's name. */
    static boolean isName(String text) {
        boolean letters = text.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "_.-$".indexOf(c) >= 0);
        return letters && !text.isEmpty() && text.length() <= NAME_CHARS_MAX && "-.$".indexOf(text.charAt(0)) < 0;
    }
}
