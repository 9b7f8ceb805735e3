package dev.kalends.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A wall clock of a process that can be moved while it runs, by libfaketime; the monotonic clock stays true.
 *
 * @param file holds the offset; a process that was started while it is there reads it again and again
 */
record FakeClock(Path file) {
    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/faketime/libfaketimeMT.so.1");

    static Optional<Path> library() {
        return LIBRARIES.stream()
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst();
    }

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
        Path library = library()
                .orElseThrow(() -> new CellFailure("libfaketime is missing; install the package libfaketime"));
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", clock.file().toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }
}
