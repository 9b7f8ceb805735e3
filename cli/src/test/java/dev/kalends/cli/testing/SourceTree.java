package dev.kalends.cli.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree that the tests run in. */
public final class SourceTree {
    private SourceTree() {}

    /** A path under its top. */
    public static Path at(String path) {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("scripts/lib"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "not inside the repository; directory=" + Path.of("").toAbsolutePath());
            }
            directory = parent;
        }
        return directory.resolve(path);
    }
}
