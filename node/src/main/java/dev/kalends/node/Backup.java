package dev.kalends.node;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.StoreException;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.BackupTarget;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.SqliteStore;
import dev.kalends.time.WallClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Copies a running node's partitions into a directory, each in one consistent state, while it goes on working.
 *
 * <p>In a cluster they are replicas, which first catch up with their leaders; of a partition that is not held here the
 * copy is made from what a node that holds it tells. The format file comes last: a directory
 * without it is no backup. Output tails and tokens are not in it.
 */
final class Backup implements BackupTarget {
    private static final long CATCH_UP_MS = 20_000;

    private final DataDirectory directory;
    private final Supplier<List<SqliteStore>> stores;
    private final List<PartitionHandle> handles;
    private final WallClock clock;

    /**
     * A backup of what is here.
     *
     * @param stores as they are now: what is not held is empty
     * @param handles of the same partitions: in a cluster they know what the leaders have beyond the replicas
     */
    Backup(
            DataDirectory directory,
            Supplier<List<SqliteStore>> stores,
            List<PartitionHandle> handles,
            WallClock clock) {
        this.directory = directory;
        this.stores = stores;
        this.clock = clock;
        this.handles = List.copyOf(handles);
    }

    @Override
    public String backup(Path target) {
        try {
            if (!Files.exists(target)) {
                Files.createDirectories(
                        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            requireEmpty(target);
            long position = 0;
            for (PartitionHandle handle : handles) {
                position = Math.max(position, copy(handle, target));
            }
            Path format = target.resolve(DataDirectory.FORMAT_FILE);
            Files.copy(directory.path().resolve(DataDirectory.FORMAT_FILE), format);
            force(format);
            force(target);
            return handles.size() + (handles.size() == 1 ? " partition" : " partitions") + ", up to position "
                    + position;
        } catch (IOException e) {
            throw new ApiException(
                    ErrorCode.FAILED,
                    "the backup cannot be written; dir=" + target + " cause="
                            + e.getClass().getSimpleName(),
                    "check the directory's permissions and the disk of the node's machine");
        } catch (StoreException e) {
            throw new ApiException(
                    ErrorCode.FAILED,
                    Optional.ofNullable(e.getMessage()).orElse("the backup failed"),
                    "what is in the directory is no backup: delete it");
        }
    }

    private long copy(PartitionHandle handle, Path target) throws IOException {
        int partition = handle.partition();
        Path file = target.resolve(DataDirectory.databaseFileName(partition));
        catchUp(handle);
        if (!handle.isReadHere()) {
            return HolderCopy.of(partition, handle.reader(), file, clock.nowMs());
        }
        SqliteStore store = stores.get().get(partition);
        store.backup(file);
        return store.reader().position();
    }

    /** What was committed before the backup was asked for is in it, whoever leads. */
    private static void catchUp(PartitionHandle handle) {
        if (!handle.refresh(CATCH_UP_MS)) {
            throw new ApiException(
                    ErrorCode.UNAVAILABLE,
                    "the replica here did not catch up with its leader, or nobody leads it: the backup would lack"
                            + " something; partition=" + handle.partition() + " waitedMs=" + CATCH_UP_MS,
                    "delete the directory and try again, or ask another node: kalends nodes");
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            if (entries.iterator().hasNext()) {
                throw new ApiException(
                        ErrorCode.INVALID, "a backup goes into a new or empty directory; dir=" + target, "");
            }
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
