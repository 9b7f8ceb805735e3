package dev.kalends.cli.oncall;

import dev.kalends.schedule.DurationText;
import dev.kalends.time.MonotonicClock;
import dev.kalends.tui.text.Figures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is checked of the place where a node keeps its data: that it can be written, that there is room, and how long
 * the disk takes to make a write durable, measured. Before a node's first start the nearest directory that exists
 * stands in for it.
 */
final class DirectoryChecks {
    private static final long ROOM_WANTED = 1L << 30;
    private static final long ROOM_NEEDED = 100L << 20;
    private static final int WRITES = 40;
    /** A disk that is stuck is not waited for. */
    private static final long WRITING_MAX_NS = 3_000_000_000L;

    private static final int WRITE_BYTES = 4096;
    private static final double WRITE_SLOW_MS = 20;
    private static final double NS_PER_MS = 1e6;

    private final Path directory;
    private final MonotonicClock clock;

    DirectoryChecks(Path directory, MonotonicClock clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.clock = clock;
    }

    List<Check> all() throws IOException {
        Path place = existing();
        String name = directory + (place.equals(directory) ? "" : " (not made yet)");
        if (!Files.isDirectory(place) || !Files.isWritable(place)) {
            String who = System.getProperty("user.name", "this user");
            return List.of(Check.fail(
                    "data-directory",
                    name + ": " + place + " cannot be written",
                    "run as its owner, not as " + who + ", or name another with --data-dir"));
        }
        List<Check> checks = new ArrayList<>();
        checks.add(Check.ok("data-directory", name));
        checks.add(room(place));
        checks.add(durable(place));
        return checks;
    }

    /** The directory, or the nearest above it that exists. */
    private Path existing() {
        Path place = directory;
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    private static Check room(Path place) throws IOException {
        long free = Files.getFileStore(place).getUsableSpace();
        String found = bytes(free) + " free";
        if (free >= ROOM_WANTED) {
            return Check.ok("disk-space", found);
        }
        String advice = "make room, or move the data directory: a full disk stops the node";
        return free < ROOM_NEEDED ? Check.fail("disk-space", found, advice) : Check.warn("disk-space", found, advice);
    }

    /** Every accepted job waits for one such write. */
    private Check durable(Path place) throws IOException {
        long[] tookNs = new long[WRITES];
        long beganNs = clock.nowNs();
        int writes = 0;
        Path file = Files.createTempFile(place, ".kalends-doctor", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (; writes < WRITES && (writes < 3 || clock.nowNs() - beganNs < WRITING_MAX_NS); writes++) {
                ByteBuffer bytes = ByteBuffer.allocate(WRITE_BYTES);
                long startNs = clock.nowNs();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
                tookNs[writes] = clock.nowNs() - startNs;
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return judge(Arrays.copyOf(tookNs, writes));
    }

    static Check judge(long[] tookNs) {
        long[] sorted = tookNs.clone();
        Arrays.sort(sorted);
        double medianMs = sorted[sorted.length / 2] / NS_PER_MS;
        double maxMs = sorted[sorted.length - 1] / NS_PER_MS;
        String found = "a durable write takes " + hundredths(medianMs) + " ms (median of " + sorted.length
                + ", longest " + hundredths(maxMs) + " ms)";
        return medianMs <= WRITE_SLOW_MS
                ? Check.ok("fsync", found)
                : Check.warn(
                        "fsync",
                        found,
                        "a faster disk makes submits and fires faster; " + DurationText.words((long) WRITE_SLOW_MS)
                                + " is slow");
    }

    private static String hundredths(double ms) {
        long hundredths = Math.round(ms * 100);
        String rest = Long.toString(hundredths % 100);
        return hundredths / 100 + "." + (rest.length() < 2 ? "0" : "") + rest;
    }

    /** {@code 3.4 GiB}. */
    static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double left = bytes;
        int unit = 0;
        while (left >= 1024 && unit < units.length - 1) {
            left /= 1024;
            unit++;
        }
        return Figures.decimal(left) + " " + units[unit];
    }
}
