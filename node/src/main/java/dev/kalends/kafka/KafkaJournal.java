package dev.kalends.kafka;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal;
import dev.kalends.journal.KeyedState;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a partition in a cluster: one partition of a compacted topic, followed by every node and written by
 * one at a time.
 *
 * <p>A batch is one transaction: its changes, then a record that ends it; the position is the offset behind that
 * record. To begin a term is to take the partition's transactional id, which shuts the writer before out, and then to
 * commit a barrier: all that was ever committed lies before it. Only then is the rest read, or the old leader's last
 * commit could be missed. The record itself decides who writes, by construction and not by timing.
 *
 * <p>Reads come from {@link KafkaReplicas}; writes are made by a thread of this journal, which lives while there is
 * something to write.
 */
final class KafkaJournal implements Journal {
    /** Appends that wait for the one before, at most. */
    static final int APPENDS_MAX = 256;

    private static final long WRITER_IDLE_S = 60;
    private static final long REST_MAX_NS = TimeUnit.MILLISECONDS.toNanos(40);

    private final int partition;
    private final KeyedState state;
    private final KafkaSettings settings;
    private final KafkaClients clients;
    private final KafkaReplicas replicas;
    private final PartitionFeed feed;
    private final WallClock wall;
    private final MonotonicClock monotonic;
    private final ThreadPoolExecutor writer;
    private @Nullable WriterTerm term;
    private volatile boolean closed;

    /** What all journals of a node share. */
    record Parts(
            KafkaSettings settings,
            KafkaClients clients,
            KafkaReplicas replicas,
            WallClock wall,
            MonotonicClock monotonic) {}

    /**
     * A journal that follows.
     *
     * @param state of the store that applies it, read on the partition's thread only
     * @param startPosition the store's
     * @param contactMs when the store last had everything, on the wall clock
     */
    KafkaJournal(int partition, KeyedState state, Parts parts, long startPosition, long contactMs) {
        this.partition = partition;
        this.state = state;
        this.settings = parts.settings();
        this.clients = parts.clients();
        this.replicas = parts.replicas();
        this.wall = parts.wall();
        this.monotonic = parts.monotonic();
        this.feed = replicas.feed(partition, startPosition, contactMs);
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                WRITER_IDLE_S,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(APPENDS_MAX),
                Thread.ofPlatform()
                        .daemon()
                        .name("kafka-journal-writer-" + partition)
                        .factory());
        writer.allowCoreThreadTimeOut(true);
    }

    @Override
    public void begin(Consumer<Outcome> whenDone) {
        endTerm();
        WriterTerm begun = new WriterTerm(() -> clients.journalProducer(partition));
        term = begun;
        byte[] said = new BatchEnd(0, wall.nowMs(), 0, -1).encode();
        ProducerRecord<byte[], byte[]> barrier =
                new ProducerRecord<>(settings.journalTopic(), partition, JournalRecords.barrierKey(), said);
        int since = feed.following();
        write(whenDone, () -> {
            Outcome outcome = begun.begin(barrier);
            if (outcome instanceof Outcome.Committed committed) {
                feed.leadFrom(committed.position(), since);
            }
            return outcome;
        });
    }

    @Override
    public void append(Batch batch, Consumer<Outcome> whenDone) {
        WriterTerm current = term;
        if (current == null) {
            whenDone.accept(new Outcome.NotWritten("there is no term; partition=" + partition));
            return;
        }
        BatchRecords records = BatchRecords.of(batch, state);
        int since = feed.following();
        write(whenDone, () -> {
            Outcome outcome = current.append(
                    records.historyLines(),
                    this::nextHistory,
                    first -> records.records(settings.journalTopic(), first, settings.historyLines()));
            if (outcome instanceof Outcome.Committed committed) {
                feed.wrote(committed.position(), since);
            }
            return outcome;
        });
    }

    /**
     * A transaction costs this node, the broker and all that follow some milliseconds of work, however little is in it.
     * Resting in proportion to what it took leaves a quick cluster quick, and lets a busy one write less often.
     */
    @Override
    public long restNs(long tookNs) {
        return Math.min(REST_MAX_NS, 2 * tookNs);
    }

    /** Something to write, with its outcome. */
    @FunctionalInterface
    private interface Write {
        Outcome run();
    }

    private void write(Consumer<Outcome> whenDone, Write write) {
        try {
            writer.execute(() -> {
                Outcome outcome;
                try {
                    outcome = write.run();
                } catch (RuntimeException | Error e) {
                    // Whoever waits for the outcome would wait for ever.
                    outcome = new Outcome.Broken("the journal's writer failed; partition=" + partition + " cause=" + e);
                }
                whenDone.accept(outcome);
            });
        } catch (RejectedExecutionException e) {
            // What was appended before still waits, and nothing may land after a gap.
            endTerm();
            String why = closed ? "the journal is closed" : "too much waits to be written";
            whenDone.accept(new Outcome.NotWritten(why + "; partition=" + partition));
        }
    }

    /** From what was read up to the barrier, else from the journal itself. */
    private long nextHistory() {
        return feed.nextHistory().orElseGet(() -> {
            TopicPartition place = new TopicPartition(settings.journalTopic(), partition);
            try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer()) {
                return new HistoryNumbers(consumer, place, monotonic, settings.requestTimeoutMs()).before(feed.end());
            }
        });
    }

    @Override
    public Optional<Entry> next() {
        return feed.next();
    }

    @Override
    public void follow(long position) {
        endTerm();
        feed.follow(position);
    }

    private void endTerm() {
        if (term != null) {
            term.end();
            term = null;
        }
    }

    @Override
    public long end() {
        return feed.end();
    }

    @Override
    public void whenMore(Runnable hint) {
        feed.whenMore(hint);
    }

    @Override
    public void close() {
        closed = true;
        endTerm();
        writer.shutdown();
        replicas.end(partition);
    }
}
