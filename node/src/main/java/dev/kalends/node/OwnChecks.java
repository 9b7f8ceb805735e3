package dev.kalends.node;

import dev.kalends.api.CheckView;
import dev.kalends.relay.ClockVerdict;
import dev.kalends.runtime.PartitionHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a node finds out about itself: room on its disk, its clock, how far its replicas are behind. */
final class OwnChecks {
    private static final String OK = "ok";
    private static final String WARN = "warn";
    private static final String FAIL = "fail";
    private static final long MIB = 1L << 20;
    private static final long ROOM_WANTED = 1024 * MIB;
    private static final long ROOM_NEEDED = 100 * MIB;
    /** Positions; some lie between a commit and its being read at any time. */
    private static final long LAG_MAX = 5_000;

    private OwnChecks() {}

    static CheckView room(String node, Path directory) {
        try {
            return room(node, Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            return new CheckView(
                    node,
                    "node-disk",
                    FAIL,
                    "its data directory cannot be looked at; reason=" + e.getMessage(),
                    "look at the disk: " + directory);
        }
    }

    static CheckView room(String node, long freeBytes) {
        String found = freeBytes / MIB + " MiB free for its data";
        if (freeBytes >= ROOM_WANTED) {
            return new CheckView(node, "node-disk", OK, found, null);
        }
        String advice = "make room, or move its data directory: a full disk stops the node";
        return new CheckView(node, "node-disk", freeBytes < ROOM_NEEDED ? FAIL : WARN, found, advice);
    }

    static CheckView clock(String node, ClockVerdict verdict) {
        String found = verdict.text().isEmpty() ? "agrees with the other nodes'" : verdict.text();
        String advice = "synchronise the clocks of all nodes: chrony, or timedatectl set-ntp true";
        return switch (verdict.level()) {
            case GOOD -> new CheckView(node, "node-clock", OK, found, null);
            case WARNING, ALARM -> new CheckView(node, "node-clock", WARN, found, advice);
            case UNFIT -> new CheckView(node, "node-clock", FAIL, found, advice);
        };
    }

    static CheckView lag(String node, List<PartitionHandle> replicas) {
        return lag(
                node,
                replicas.stream()
                        .mapToLong(replica -> replica.status().behind())
                        .max()
                        .orElse(0));
    }

    static CheckView lag(String node, long behind) {
        return behind <= LAG_MAX
                ? new CheckView(node, "replica-lag", OK, behind + " positions behind at most", null)
                : new CheckView(
                        node,
                        "replica-lag",
                        WARN,
                        behind + " positions behind",
                        "it catches up by itself unless its disk is slow: look again, then at that node's log");
    }
}
