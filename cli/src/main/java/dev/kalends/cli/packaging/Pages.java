package dev.kalends.cli.packaging;

import dev.kalends.cli.main.Catalog;
import dev.kalends.cli.manual.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the manual pages of a source tree, as {@code scripts/pages} asks. */
final class Pages {
    private Pages() {}

    /** Argument: the top of the source tree. */
    public static void main(String[] arguments) throws IOException {
        Path top = Path.of(arguments[0]);
        write(top.resolve("man"), new Manual(Catalog.groups(), top.resolve("cli/src/main/manual")).pages());
    }

    private static void write(Path directory, Map<String, String> textByName) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : textByName.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
