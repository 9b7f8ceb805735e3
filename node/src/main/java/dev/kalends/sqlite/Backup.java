package dev.kalends.sqlite;

import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A consistent copy of a database, made under another name and renamed when it is whole and on the disk. */
final class Backup {
    private Backup() {}

    static void of(Database database, Path target) {
        Path unfinished = target.resolveSibling(target.getFileName() + ".new");
        try {
            if (Files.exists(target)) {
                throw new StoreException(
                        Kind.NOT_AVAILABLE, "a backup never overwrites: choose another place; file=" + target);
            }
            Files.deleteIfExists(unfinished);
            try (Session session = database.copier()) {
                session.on("VACUUM INTO ?").with(unfinished.toString()).run();
            }
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreException(
                    Kind.NOT_AVAILABLE,
                    "the backup cannot be written: check its directory; file=" + target + " cause=" + e.getMessage(),
                    e);
        }
    }
}
