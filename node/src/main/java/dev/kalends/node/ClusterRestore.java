package dev.kalends.node;

import dev.kalends.journal.Change;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Journal;
import dev.kalends.journal.JournalException;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.kafka.JournalLook;
import dev.kalends.kafka.KafkaCluster;
import dev.kalends.kafka.KafkaSettings;
import dev.kalends.kafka.KafkaSetupException;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.LeasedCoordination;
import dev.kalends.lease.Standing;
import dev.kalends.node.Restore.Restored;
import dev.kalends.server.Clocks;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Makes a cluster of a backup: its stores first, in a directory that goes away, and then its journal of what they hold.
 *
 * <p>The journal must be empty and no node alive. A restore that was cut off leaves a journal that no node leads, and
 * that the next restore refuses: whoever deletes its topic begins anew.
 */
public final class ClusterRestore {
    private final Order order;
    private final ClusterConfig cluster;
    private final Clocks clocks;

    /**
     * What is to be restored.
     *
     * @param partitions of the cluster; empty = of its topic if there is one, else the usual number
     * @param settings that name the cluster, by the names of flags
     */
    public record Order(
            Path backup,
            Restore.Due due,
            OptionalInt partitions,
            Map<String, String> settings,
            RestoreProgress progress) {
        public Order {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * What was done.
     *
     * @param restored the stores, which are gone again
     * @param changes written to the journal
     */
    public record Done(String cluster, Restored restored, long changes) {}

    private ClusterRestore(Order order, ClusterConfig cluster, Clocks clocks) {
        this.order = order;
        this.cluster = cluster;
        this.clocks = clocks;
    }

    /** Restores; throws {@link StartFailedException} when something will not do. */
    public static Done run(Order order, WallClock wall, MonotonicClock monotonic) throws StartFailedException {
        List<String> problems = new ArrayList<>();
        ClusterConfig cluster = new ClusterConfigReader(
                        name -> Optional.ofNullable(order.settings().get(name)), problems)
                .readTarget();
        if (!problems.isEmpty()) {
            throw new StartFailedException(NodeExit.CONFIGURATION, String.join("\n", problems), "");
        }
        try {
            return new ClusterRestore(order, cluster, new Clocks(wall, monotonic)).run();
        } catch (KafkaSetupException | IllegalArgumentException | CoordinationException e) {
            throw new StartFailedException(
                    NodeExit.UNAVAILABLE,
                    Optional.ofNullable(e.getMessage()).orElse(e.toString()),
                    "what a cluster needs of Kafka: scripts/cluster --production",
                    e);
        } catch (IOException e) {
            throw new StartFailedException(
                    NodeExit.UNAVAILABLE,
                    "the stores cannot be made in a temporary directory; cause="
                            + e.getClass().getSimpleName(),
                    "make room there, or name another: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR",
                    e);
        }
    }

    private Done run() throws IOException, StartFailedException {
        int partitions = partitionsOf(JournalLook.at(ClusterGround.settings(cluster, 1)));
        requireNobody();
        Path work = Files.createTempDirectory("kalends-restore-");
        Path data = work.resolve("data");
        Path meeting = work.resolve("journal");
        try {
            Restored restored = Restore.run(
                    new Restore.Order(
                            order.backup(), data, order.due(), OptionalInt.of(partitions), order.progress()::stored),
                    clocks.wall());
            long changes = fill(data, Files.createDirectory(meeting), partitions);
            Optional<Restore.Moved> moved = restored.moved();
            if (moved.isPresent()) {
                Path kept = work.resolve(RestoreFiles.MAPPING_FILE);
                Files.move(moved.get().mapping(), kept, StandardCopyOption.ATOMIC_MOVE);
                moved = Optional.of(
                        new Restore.Moved(kept, moved.get().jobs(), moved.get().leftOut()));
            }
            return new Done(
                    cluster.name(),
                    new Restored(restored.partitions(), restored.incarnation(), restored.held(), moved),
                    changes);
        } finally {
            clean(work, List.of(data, meeting));
        }
    }

    /** All but the mapping, which people want to keep. */
    private static void clean(Path work, List<Path> directories) throws IOException {
        for (Path directory : directories) {
            if (Files.exists(directory)) {
                RestoreFiles.remove(directory);
            }
        }
        if (!Files.exists(work.resolve(RestoreFiles.MAPPING_FILE))) {
            Files.delete(work);
        }
    }

    private int partitionsOf(JournalLook journal) throws StartFailedException {
        if (journal.records() > 0) {
            throw new StartFailedException(
                    NodeExit.CONFIGURATION,
                    "the cluster has a journal that is not empty; topic=" + journal.topic() + " records="
                            + journal.records(),
                    "to begin anew, stop all nodes and delete it: kafka-topics.sh --delete --topic " + journal.topic()
                            + "  or choose another --cluster NAME");
        }
        int partitions = order.partitions().orElse(journal.partitions().orElse(ClusterConfig.DEFAULT_PARTITIONS));
        if (journal.partitions().isPresent() && journal.partitions().getAsInt() != partitions) {
            throw new StartFailedException(
                    NodeExit.CONFIGURATION,
                    "the cluster's journal has another number of partitions; topic=" + journal.topic() + " partitions="
                            + journal.partitions().getAsInt() + " asked=" + partitions,
                    "leave --partitions out, or delete the topic, which is empty");
        }
        return partitions;
    }

    private void requireNobody() throws StartFailedException {
        try (LeasedCoordination coordination = ClusterGround.coordination(cluster, clocks)) {
            List<String> alive = coordination.look().standings().stream()
                    .map(Standing::member)
                    .map(member -> member.id())
                    .toList();
            if (!alive.isEmpty()) {
                throw new StartFailedException(
                        NodeExit.CONFIGURATION,
                        "nodes of this cluster are alive; cluster=" + cluster.name() + " nodes="
                                + String.join(",", alive),
                        "stop them first, and wait 10 s if they were killed");
            }
        }
    }

    private long fill(Path data, Path meeting, int partitions) throws StartFailedException {
        KafkaSettings settings = ClusterGround.settings(cluster, partitions);
        try (DataDirectory directory = DataDirectory.open(data, 1);
                KafkaCluster kafka = KafkaCluster.open(settings, meeting, clocks.wall(), clocks.monotonic());
                Opened opened = new Opened(directory)) {
            kafka.replicas(0);
            Tally tally = new Tally(order.progress(), opened.changes(settings.historyLines()));
            // A cluster takes work for declared queues only.
            opened.queues.forEach(kafka.queue()::declare);
            List<JournalFill> fills = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                JournalFill fill = opened.fill(partition, kafka, clocks);
                fill.begin();
                fills.add(fill);
            }
            fills.forEach(fill -> fill.fill(settings.historyLines(), tally::more));
            // Only now may any of them be led.
            fills.forEach(JournalFill::finish);
            return tally.written;
        } catch (StoreException | JournalException e) {
            throw new StartFailedException(
                    NodeExit.UNAVAILABLE,
                    Optional.ofNullable(e.getMessage()).orElse(e.toString()),
                    "begin anew: delete the topic (kafka-topics.sh --delete --topic kalends." + cluster.name()
                            + ".journal), then restore again",
                    e);
        }
    }

    /** Counts what is written. */
    private static final class Tally {
        private final RestoreProgress progress;
        private final long all;
        private long written;

        Tally(RestoreProgress progress, long all) {
            this.progress = progress;
            this.all = all;
        }

        void more(long changes) {
            written += changes;
            progress.journaled(written, all);
        }
    }

    /** The stores and journals that are open, closed together. */
    private static final class Opened implements AutoCloseable {
        private final List<SqliteStore> stores = new ArrayList<>();
        private final List<Journal> journals = new ArrayList<>();
        private final NavigableSet<String> queues = new TreeSet<>();

        Opened(DataDirectory directory) {
            for (int partition = 0; partition < directory.partitions(); partition++) {
                stores.add(directory.openStore(partition, Durability.NORMAL));
            }
        }

        /** Counts what there is to write, and finds all queues. */
        long changes(long historyMax) {
            long[] all = {0};
            for (Store store : stores) {
                store.reader().dump(Dump.allBut(historyMax), change -> {
                    all[0]++;
                    queue(change).ifPresent(queues::add);
                });
                all[0]--; // the head goes on its own
            }
            return all[0];
        }

        private static Optional<String> queue(Change change) {
            if (change instanceof Change.PutRun put) {
                return Optional.of(put.run().route().queue());
            }
            return change instanceof Change.PutSpec put
                    ? Optional.of(put.spec().policy().queue())
                    : Optional.empty();
        }

        JournalFill fill(int partition, KafkaCluster kafka, Clocks clocks) {
            SqliteStore store = stores.get(partition);
            Journal journal = kafka.journal(partition, store, 0);
            journals.add(journal);
            return new JournalFill(partition, journal, store, clocks.wall());
        }

        @Override
        public void close() {
            journals.forEach(Journal::close);
            stores.forEach(SqliteStore::close);
        }
    }
}
