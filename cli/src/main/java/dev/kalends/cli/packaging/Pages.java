package dev.kalends.cli.packaging;

import dev.kalends.cli.complete.CommandTree;
import dev.kalends.cli.complete.ShellKind;
import dev.kalends.cli.main.Catalog;
import dev.kalends.cli.manual.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes the manual pages and completion scripts of a source tree, as {@code scripts/pages} asks. */
final class Pages {
    private Pages() {}

    /** Argument: the top of the source tree. */
    public static void main(String[] arguments) throws IOException {
        Path top = Path.of(arguments[0]);
        write(top.resolve("man"), new Manual(Catalog.groups(), top.resolve("cli/src/main/manual")).pages());
        CommandTree tree = new CommandTree(Catalog.commands());
        Map<String, String> scripts = new TreeMap<>();
        for (ShellKind shell : ShellKind.values()) {
            scripts.put(shell.file(), shell.script(tree));
        }
        write(top.resolve("completion"), scripts);
    }

    private static void write(Path directory, Map<String, String> textByName) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : textByName.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
    }
}
