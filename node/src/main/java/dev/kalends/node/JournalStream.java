package dev.kalends.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says whether what this process writes goes to systemd's journal, by {@code JOURNAL_STREAM}. */
final class JournalStream {
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private JournalStream() {}

    /**
     * Whether stderr is that stream: a process may have inherited the variable and write somewhere else.
     *
     * @param stream device and inode, such as {@code 9:12345}
     */
    static boolean isStderr(String stream) {
        return !stream.isEmpty() && stream.equals(identity(STDERR));
    }

    /** Device and inode of what a path leads to; empty where there is none, or no such thing as an inode. */
    static String identity(Path path) {
        try {
            return Files.getAttribute(path, "unix:dev") + ":" + Files.getAttribute(path, "unix:ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }
}
