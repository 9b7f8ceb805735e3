package dev.kalends.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Java file of one of the modules.
 *
 * @param module the module's directory
 * @param sourceSet the directory below {@code src}: main, test or jmh
 * @param path below the source set, with slashes
 */
record SourceFile(String module, String sourceSet, String path, String text) {

    /** Every Java file below the repository's root. */
    static List<SourceFile> all() {
        Path root = root();
        List<SourceFile> files = new ArrayList<>();
        for (Path module : directories(root)) {
            if (Files.exists(module.resolve("pom.xml")) && Files.exists(module.resolve("src"))) {
                for (Path sourceSet : directories(module.resolve("src"))) {
                    collect(name(module), sourceSet, files);
                }
            }
        }
        return files;
    }

    /** The package, with dots. */
    String packageName() {
        int end = path.lastIndexOf('/');
        return end < 0 ? "" : path.substring(0, end).replace('/', '.');
    }

    /** The file's name without its ending. */
    String typeName() {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
    }

    @Override
    public String toString() {
        return module + "/" + sourceSet + "/" + path;
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("node/pom.xml"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "not inside the repository; directory=" + Path.of("").toAbsolutePath());
            }
            directory = parent;
        }
        return directory;
    }

    private static void collect(String module, Path sourceSet, List<SourceFile> files) {
        Path java = sourceSet.resolve("java");
        if (!Files.exists(java)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(java)) {
            paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .forEach(path -> files.add(new SourceFile(
                            module,
                            name(sourceSet),
                            java.relativize(path).toString().replace('\\', '/'),
                            read(path))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> directories(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
