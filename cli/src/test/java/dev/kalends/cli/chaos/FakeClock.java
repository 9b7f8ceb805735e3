package dev.kalends.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A wall clock of a process that can be moved while it runs, by libfaketime; the monotonic clock stays true.
 *
 * @param file holds the offset; a process that was started while it is there reads it again and again
 */
record FakeClock(Path file) {
    /** Makes the clock one that can be moved, at the true time. */
    void prepare() throws IOException {
        move(0);
    }

    void move(long seconds) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, (seconds < 0 ? "-" : "+") + Math.abs(seconds) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a process needs to read this clock; nothing when it was not prepared. */
    static Map<String, String> environment(FakeClock clock) {
        if (!Files.exists(clock.file())) {
            return Map.of();
        }
        Shell shell = Shell.here();
        String library = shell.run("find_faketime '" + shell.top() + "' || no_faketime; echo \"$faketime\"");
        return Map.of(
                "LD_PRELOAD",
                library,
                "FAKETIME_TIMESTAMP_FILE",
                clock.file().toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Where it is built with that fix, waits of a JVM end at once: a node that only spins.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }
}
