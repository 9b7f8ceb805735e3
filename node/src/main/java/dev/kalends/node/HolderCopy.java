package dev.kalends.node;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Dump;
import dev.kalends.journal.StoreReader;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies a partition that this node does not hold into a file of a backup, from what a node that holds it dumps. */
final class HolderCopy {
    private static final int CHANGES_MAX = 1_000;
    private static final int BYTES_MAX = 4 * 1024 * 1024;

    private final int partition;
    private final SqliteStore store;
    private final long nowMs;
    private final List<Change> waiting = new ArrayList<>();
    private long bytes;
    private long position;

    private HolderCopy(int partition, SqliteStore store, long nowMs) {
        this.partition = partition;
        this.store = store;
        this.nowMs = nowMs;
    }

    /**
     * Makes the file; returns the position of the copy.
     *
     * @param target must not be there
     */
    static long of(int partition, StoreReader reader, Path target, long nowMs) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".far");
        SqliteStore.create(unfinished, partition);
        try (SqliteStore store = SqliteStore.open(unfinished, partition, Durability.NORMAL)) {
            HolderCopy copy = new HolderCopy(partition, store, nowMs);
            long snapshot = reader.dump(Dump.ALL, copy::put);
            copy.finish(snapshot);
            store.backup(target);
            return copy.position;
        } finally {
            for (String end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + end));
            }
        }
    }

    private void put(Change change) {
        waiting.add(change);
        bytes += Codec.encode(change).length;
        if (waiting.size() == CHANGES_MAX || bytes >= BYTES_MAX) {
            flush(position + 1);
        }
    }

    /** The last batch stands where the snapshot does, if that lies ahead. */
    private void finish(long snapshot) {
        flush(Math.max(snapshot, position + 1));
    }

    private void flush(long at) {
        store.apply(new Batch(partition, 0, nowMs, List.copyOf(waiting)), at);
        position = at;
        waiting.clear();
        bytes = 0;
    }
}
