package dev.kalends.node;

import dev.kalends.sqlite.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a restore: everything is made in a directory within the new data directory, and moved up when it is
 * whole, its format file last. A restore that was cut off leaves no directory that looks like a good one.
 */
final class RestoreFiles {
    /** The new id of each old one, where ids are new. */
    static final String MAPPING_FILE = "mapping.tsv";

    private final Path backup;
    private final Path target;
    private final Path work;

    private RestoreFiles(Path backup, Path target) {
        this.backup = backup;
        this.target = target;
        this.work = target.resolve("restoring");
    }

    /** Looks whether the two will do. */
    static RestoreFiles of(Path backup, Path target) throws IOException, StartFailedException {
        if (!Files.isRegularFile(backup.resolve(DataDirectory.FORMAT_FILE))) {
            throw new StartFailedException(
                    NodeExit.CONFIGURATION,
                    "this is no backup, or not a whole one: it has no format file; backup=" + backup,
                    "name the directory that kalends backup wrote into");
        }
        makeDirectory(target);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            if (entries.iterator().hasNext()) {
                throw new StartFailedException(
                        NodeExit.CONFIGURATION,
                        "a restore goes into a new or empty directory; dataDir=" + target,
                        "name another with --data-dir, or move the old one away");
            }
        }
        return new RestoreFiles(backup, target);
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** A copy of the backup, to be worked on. */
    Path copied() throws IOException {
        Path copy = work.resolve("before");
        makeDirectory(copy);
        try (DirectoryStream<Path> databases = Files.newDirectoryStream(backup, "*.db")) {
            for (Path database : databases) {
                Files.copy(database, copy.resolve(database.getFileName().toString()));
            }
        }
        Files.copy(backup.resolve(DataDirectory.FORMAT_FILE), copy.resolve(DataDirectory.FORMAT_FILE));
        return copy;
    }

    /** Where a directory with another number of partitions is made. */
    Path moved() {
        return work.resolve("now");
    }

    /** Makes a finished directory the data directory, and removes what else there is of the work. */
    void publish(Path made) throws IOException {
        for (String pattern : List.of("*.db*", MAPPING_FILE)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(made, pattern)) {
                for (Path file : files) {
                    moveUp(file);
                }
            }
        }
        force(target);
        moveUp(made.resolve(DataDirectory.FORMAT_FILE));
        force(target);
        remove(work);
    }

    private void moveUp(Path file) throws IOException {
        Files.move(file, target.resolve(file.getFileName().toString()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a directory with everything in it. */
    static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
