package dev.kalends.node;

import dev.kalends.job.JobId;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Head;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreReader;
import dev.kalends.move.Move;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import dev.kalends.time.WallClock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * Makes a data directory of a backup, while no node runs on it.
 *
 * <p>What was done after the backup is not in it. So after a restore:
 *
 * <ul>
 *   <li>One-offs that came due before the restore are <em>held</em> (paused): they may have run after the backup. Each
 *       waits for a person, who resumes or cancels it.
 *   <li>Recurring jobs go on by their catch-up policy, as after any time without a node: with {@code last} the newest
 *       fire of that time runs, under the run id that it had, so an idempotent job does it once.
 *   <li>Runs that were open in the backup are tried again when their leases are over.
 *   <li>Jobs accepted after the backup are gone. Their ids, and the tokens given out since, are never used again: the
 *       partition begins a new <em>incarnation</em>, which moves both past anything ever issued. A worker that still
 *       holds a lease of before is refused.
 * </ul>
 *
 * <p>With another number of partitions jobs get new ids besides, and a file says which: {@link Move}.
 */
public final class Restore {
    private final Order order;
    private final WallClock clock;

    /** What becomes of one-offs that are due at the time of the restore. */
    public enum Due {
        /** They are paused. */
        HOLD,
        /** They run when the node starts, perhaps for the second time. */
        RUN
    }

    /**
     * What is to be restored.
     *
     * @param backup a directory that a backup was made into; it stays as it is
     * @param dataDirectory new or empty
     * @param partitions of the new store; empty = as many as the backup has
     * @param progress told how many more changes were written, now and then
     */
    public record Order(Path backup, Path dataDirectory, Due due, OptionalInt partitions, LongConsumer progress) {
        /** The same number of partitions. */
        public static Order of(Path backup, Path dataDirectory, Due due) {
            return new Order(backup, dataDirectory, due, OptionalInt.empty(), _ -> {});
        }

        /** Another number of partitions. */
        public Order into(int number) {
            return new Order(backup, dataDirectory, due, OptionalInt.of(number), progress);
        }
    }

    /**
     * What was restored.
     *
     * @param incarnation that all partitions are in now
     * @param held one-offs that wait for a person
     * @param moved what got new ids; empty when ids are as they were
     */
    public record Restored(int partitions, int incarnation, long held, Optional<Moved> moved) {}

    /**
     * What got new ids.
     *
     * @param mapping a file of lines {@code before TAB now TAB tenant TAB name}
     * @param leftOut records of jobs that are gone, which were left out
     */
    public record Moved(Path mapping, long jobs, long leftOut) {}

    private Restore(Order order, WallClock clock) {
        this.order = order;
        this.clock = clock;
    }

    /** Restores; throws {@link StartFailedException} when something will not do. */
    public static Restored run(Order order, WallClock clock) throws StartFailedException {
        if (order.partitions().isPresent()) {
            check(order.partitions().getAsInt());
        }
        try {
            return new Restore(order, clock).run();
        } catch (StoreException e) {
            throw StartFailedException.of(e);
        } catch (IOException | UncheckedIOException e) {
            throw new StartFailedException(
                    NodeExit.UNAVAILABLE,
                    "the backup cannot be copied; backup=" + order.backup() + " dataDir=" + order.dataDirectory()
                            + " cause=" + e.getClass().getSimpleName(),
                    "check both directories' permissions and the disk; delete what is in the data directory",
                    e);
        }
    }

    private Restored run() throws IOException, StartFailedException {
        RestoreFiles files = RestoreFiles.of(order.backup(), order.dataDirectory());
        Path copy = files.copied();
        Optional<Moved> moved = Optional.empty();
        Restored restored;
        try (DataDirectory before = DataDirectory.open(copy, 1)) {
            int asked = order.partitions().orElse(before.partitions());
            if (asked == before.partitions()) {
                restored = begin(before, Head::nextIncarnation);
            } else {
                try (DataDirectory now = DataDirectory.open(files.moved(), asked)) {
                    moved = Optional.of(move(before, now));
                    // The move has raised it.
                    restored = begin(now, head -> head);
                }
            }
        }
        files.publish(moved.isPresent() ? files.moved() : copy);
        return new Restored(restored.partitions(), restored.incarnation(), restored.held(), moved);
    }

    private Moved move(DataDirectory before, DataDirectory now) throws IOException {
        List<SqliteStore> opened = new ArrayList<>();
        Path mapping = now.path().resolve(RestoreFiles.MAPPING_FILE);
        try (BufferedWriter lines = Files.newBufferedWriter(mapping, StandardCharsets.UTF_8)) {
            List<StoreReader> sources =
                    open(before, opened).stream().map(SqliteStore::reader).toList();
            Move.Moved moved = Move.run(
                    sources,
                    open(now, opened),
                    new Move.Terms(
                            clock.nowMs(),
                            (old, id, name) -> write(
                                    lines,
                                    old + "\t" + id + "\t" + name.tenant() + "\t"
                                            + name.name().orElse("")),
                            order.progress()));
            return new Moved(order.dataDirectory().resolve(RestoreFiles.MAPPING_FILE), moved.jobs(), moved.leftOut());
        } finally {
            opened.forEach(SqliteStore::close);
        }
    }

    private static List<SqliteStore> open(DataDirectory directory, List<SqliteStore> opened) {
        List<SqliteStore> stores = new ArrayList<>();
        for (int partition = 0; partition < directory.partitions(); partition++) {
            SqliteStore store = directory.openStore(partition, Durability.FULL);
            opened.add(store);
            stores.add(store);
        }
        return stores;
    }

    private static void write(BufferedWriter lines, String line) {
        try {
            lines.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(int partitions) throws StartFailedException {
        if (partitions < 1 || partitions > JobId.PARTITIONS_MAX) {
            throw new StartFailedException(
                    NodeExit.CONFIGURATION,
                    "partitions are 1 to " + JobId.PARTITIONS_MAX + "; partitions=" + partitions,
                    "");
        }
    }

    private Restored begin(DataDirectory directory, UnaryOperator<Head> raise) {
        long held = 0;
        int incarnation = 0;
        for (int partition = 0; partition < directory.partitions(); partition++) {
            try (SqliteStore store = directory.openStore(partition, Durability.FULL)) {
                Head head = raise.apply(store.head());
                incarnation = Math.max(incarnation, head.incarnation());
                store.apply(
                        new Batch(partition, head.epoch(), clock.nowMs(), List.of(new Change.PutHead(head))),
                        store.position() + 1);
                held += order.due() == Due.HOLD ? new HeldOneOffs(store, partition, clock.nowMs()).hold() : 0;
            }
        }
        return new Restored(directory.partitions(), incarnation, held, Optional.empty());
    }
}
