package dev.kalends.kafka;

import dev.kalends.journal.JournalException;
import dev.kalends.journal.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Which journal the replicas in a data directory are copies of, and when they last had all of it: two files in that
 * directory.
 *
 * <p>{@code journal-topic} says the id of the topic, which a topic that was deleted and made again does not share; it
 * is written before anything is applied. {@code journal-contact} says an instant: removals stay in the journal for a
 * time only, so a replica that was away for half of it may have missed some, and starts from nothing.
 */
final class ReplicaMark {
    private static final String TOPIC_FILE = "journal-topic";
    private static final String CONTACT_FILE = "journal-contact";
    private static final String TOPIC_LINE = "kalends journal topic, version 1: ";
    private static final String CONTACT_LINE = "kalends journal contact, version 1: ";

    private final Path directory;
    private final String topicUuid;
    private final long awayMaxMs;

    ReplicaMark(Path directory, String topicUuid, long awayMaxMs) {
        this.directory = directory;
        this.topicUuid = topicUuid;
        this.awayMaxMs = awayMaxMs;
    }

    /**
     * Compares the directory with the journal, and marks it if it is new.
     *
     * @param highestPosition of all replicas in the directory
     * @throws JournalException when they are copies of something else
     */
    ReplicaStart check(long highestPosition, long nowMs) {
        Path file = directory.resolve(TOPIC_FILE);
        if (!Files.exists(file)) {
            if (highestPosition > 0) {
                throw new JournalException("this data directory holds jobs that did not come from this cluster's"
                        + " journal: use an empty --data-dir, and move the jobs with kalends backup and restore;"
                        + " directory=" + directory);
            }
            contact(nowMs);
            write(file, TOPIC_LINE + topicUuid);
            return ReplicaStart.KEEP;
        }
        String known = read(file, TOPIC_LINE);
        if (!known.equals(topicUuid)) {
            throw new JournalException("the journal's topic is another one than this data directory was made from:"
                    + " restore the old topic, or take the directory away and start again with what the new one holds;"
                    + " directory=" + directory + " known=" + known + " found=" + topicUuid);
        }
        boolean away = nowMs - contactMs() > awayMaxMs;
        return away && highestPosition > 0 ? ReplicaStart.FROM_NOTHING : ReplicaStart.KEEP;
    }

    /** Notes that the replicas had everything at an instant. */
    void contact(long nowMs) {
        write(directory.resolve(CONTACT_FILE), CONTACT_LINE + nowMs);
    }

    /** The instant that was noted; 0 for none that can be read, which is very long ago. */
    long contactMs() {
        Path file = directory.resolve(CONTACT_FILE);
        try {
            return Files.exists(file) ? Long.parseLong(read(file, CONTACT_LINE)) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String read(Path file, String before) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (!lines.isEmpty() && lines.getFirst().startsWith(before)) {
                return lines.getFirst().substring(before.length()).strip();
            }
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.IO, "a file cannot be read; file=" + file, e);
        }
        throw new StoreException(
                StoreException.Kind.DAMAGED,
                "a file of the data directory is damaged: take the directory away and start again, the node then makes"
                        + " its copy anew; file=" + file);
    }

    private void write(Path file, String line) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.IO, "a file cannot be written; file=" + file, e);
        }
    }
}
