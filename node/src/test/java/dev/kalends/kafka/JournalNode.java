package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Journal;
import dev.kalends.journal.Journal.Outcome;
import dev.kalends.memory.MemoryStore;
import dev.kalends.testing.Patience;
import dev.kalends.testing.Samples;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A node that does with one partition's journal what a partition's loop does, with its store in memory. */
final class JournalNode implements AutoCloseable {
    static final long PATIENCE_MS = 30_000;

    private final KafkaCluster cluster;
    private final Path home;
    private final MemoryStore store;
    private final Journal journal;
    private long epoch;

    private JournalNode(KafkaCluster cluster, Path home, MemoryStore store) {
        this.cluster = cluster;
        this.home = home;
        this.store = store;
        this.journal = cluster.journal(Samples.PARTITION, store, store.position());
    }

    static JournalNode open(KafkaSettings settings, Path directory) {
        return open(settings, directory, new MemoryStore(Samples.PARTITION));
    }

    /** With what a store already holds. */
    static JournalNode open(KafkaSettings settings, Path directory, MemoryStore store) {
        KafkaCluster cluster = KafkaCluster.open(settings, directory, WallClock.system(), MonotonicClock.system());
        cluster.replicas(store.position());
        return new JournalNode(cluster, directory, store);
    }

    KafkaCluster cluster() {
        return cluster;
    }

    /** The data directory. */
    Path home() {
        return home;
    }

    MemoryStore store() {
        return store;
    }

    Journal journal() {
        return journal;
    }

    /** Applies what is there. */
    void apply() {
        for (Optional<Journal.Entry> entry = journal.next(); entry.isPresent(); entry = journal.next()) {
            store.apply(entry.get().batch(), entry.get().position());
        }
    }

    void applyUpTo(long position) {
        Patience.await(PATIENCE_MS, () -> {
            apply();
            return store.position() >= position;
        });
    }

    /** Goes back to following, as after anything that went wrong. */
    void follow() {
        journal.follow(store.position());
    }

    CompletableFuture<Outcome> begin() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        journal.begin(outcome::complete);
        return outcome;
    }

    /** Begins a term and catches up to its barrier. */
    void lead() {
        epoch = assertInstanceOf(Outcome.Committed.class, settled(begin())).position();
        applyUpTo(epoch);
    }

    CompletableFuture<Outcome> append(Change... changes) {
        return append(batch(changes));
    }

    Batch batch(Change... changes) {
        return new Batch(Samples.PARTITION, epoch, Samples.T0, List.of(changes));
    }

    CompletableFuture<Outcome> append(Batch batch) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        journal.append(batch, outcome::complete);
        return outcome;
    }

    /** Appends, and applies what was committed. */
    long commit(Change... changes) {
        Batch batch = batch(changes);
        Outcome outcome = settled(append(batch));
        long position = assertInstanceOf(Outcome.Committed.class, outcome, outcome.toString())
                .position();
        store.apply(batch, position);
        return position;
    }

    static Outcome settled(CompletableFuture<Outcome> outcome) {
        return outcome.orTimeout(PATIENCE_MS, TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void close() {
        journal.close();
        cluster.close();
    }
}
