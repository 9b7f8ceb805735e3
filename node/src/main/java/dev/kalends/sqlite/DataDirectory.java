package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds all of an embedded node's state, locked for one process as long as it is open.
 *
 * <p>{@code kalends.lock} is locked and names the holder; {@code format} says the version and the number of partitions
 * and is written last, when all databases are made; {@code partition-0000.db} and on; {@code output.db}.
 */
public final class DataDirectory implements AutoCloseable {
    private static final int VERSION = 1;
    private static final String LOCK_FILE = "kalends.lock";
    /** Says the version and the number of partitions. */
    public static final String FORMAT_FILE = "format";

    private static final String FIRST_LINE = "kalends data directory, version ";
    private static final String SECOND_LINE = "partitions ";
    private static final String OWNER_ONLY = "rwx------";

    private final Path directory;
    private final FileChannel lockFile;
    private final FileLock lock;
    private int partitions;

    private DataDirectory(Path directory, FileChannel lockFile, FileLock lock) {
        this.directory = directory;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens a directory, or makes it with everything that belongs into it.
     *
     * @param partitionsIfNew for a new directory only: the number is fixed when it is made
     * @throws StoreException NOT_AVAILABLE when it cannot be written or another process holds it, NEWER when a newer
     *     version made it, DAMAGED when its format file cannot be read
     */
    public static DataDirectory open(Path directory, int partitionsIfNew) {
        if (partitionsIfNew < 1 || partitionsIfNew > JobId.PARTITIONS_MAX) {
            throw new IllegalArgumentException(
                    "partitions are 1 to " + JobId.PARTITIONS_MAX + "; partitions=" + partitionsIfNew);
        }
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            }
            DataDirectory opened = lock(directory);
            try {
                opened.readOrMake(partitionsIfNew);
                return opened;
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }

    private static DataDirectory lock(Path directory) throws IOException {
        Path file = directory.resolve(LOCK_FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            String holder = Files.readString(file).strip();
            channel.close();
            throw new StoreException(
                    Kind.NOT_AVAILABLE,
                    "another node uses this data directory: stop it, or give this one a --data-dir of its own;"
                            + " directory=" + directory + " holder=" + (holder.isEmpty() ? "unknown" : holder));
        }
        byte[] holder = ("pid " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder), 0);
        channel.force(true);
        return new DataDirectory(directory, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process holds it
        }
    }

    private void readOrMake(int partitionsIfNew) throws IOException {
        Path format = directory.resolve(FORMAT_FILE);
        if (Files.exists(format)) {
            read(format);
        } else {
            make(format, partitionsIfNew);
        }
    }

    private void read(Path format) throws IOException {
        List<String> lines = Files.readAllLines(format);
        int version = number(lines, 0, FIRST_LINE);
        if (version > VERSION) {
            throw new StoreException(
                    Kind.NEWER,
                    "the data directory was made by a newer version of Kalends: start that version again; directory="
                            + directory + " version=" + version + " known=" + VERSION);
        }
        partitions = number(lines, 1, SECOND_LINE);
    }

    private int number(List<String> lines, int index, String before) {
        String line = index < lines.size() ? lines.get(index) : "";
        if (line.matches(before + "[1-9][0-9]{0,8}")) {
            return Integer.parseInt(line.substring(before.length()));
        }
        throw new StoreException(
                Kind.DAMAGED,
                "the data directory's format file is damaged: restore from a backup (kalends restore DIR); file="
                        + directory.resolve(FORMAT_FILE));
    }

    private void make(Path format, int newPartitions) throws IOException {
        for (int partition = 0; partition < newPartitions; partition++) {
            SqliteStore.create(databaseFile(partition), partition);
        }
        Path unfinished = directory.resolve(FORMAT_FILE + ".new");
        String text = FIRST_LINE + VERSION + "\n" + SECOND_LINE + newPartitions + "\n";
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(unfinished, format, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
        partitions = newPartitions;
    }

    private static StoreException notWritable(Path directory, IOException cause) {
        return new StoreException(
                Kind.NOT_AVAILABLE,
                "the data directory cannot be used: check that it is a directory that this user may write, or choose"
                        + " another with --data-dir; directory=" + directory + " cause=" + reason(cause),
                cause);
    }

    /** What the system said, without the names of classes. */
    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return cause.getClass().getSimpleName().replace("Exception", "");
    }

    public Path path() {
        return directory;
    }

    /** How many partitions it holds, for ever. */
    public int partitions() {
        return partitions;
    }

    /** Opens a partition's store; the caller closes it before the directory. */
    public SqliteStore openStore(int partition, Durability durability) {
        return SqliteStore.open(databaseFile(partition), partition, durability);
    }

    /** Makes a partition's store anew, empty, in place of the one that is there, which must not be open. */
    public void beginAnew(int partition) {
        Path file = databaseFile(partition);
        try {
            for (String end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
            }
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
        SqliteStore.create(file, partition);
    }

    /** Opens the output tails; the caller closes them before the directory. */
    public SqliteOutputLog openOutputLog() {
        return SqliteOutputLog.open(directory.resolve("output.db"));
    }

    private Path databaseFile(int partition) {
        return directory.resolve(databaseFileName(partition));
    }

    /** The name of a partition's database file. */
    public static String databaseFileName(int partition) {
        return String.format(Locale.ROOT, "partition-%04d.db", partition);
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new StoreException(Kind.IO, "the lock file cannot be closed; directory=" + directory, e);
        }
    }
}
