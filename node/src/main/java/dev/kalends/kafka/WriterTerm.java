package dev.kalends.kafka;

import dev.kalends.journal.Journal.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * One term of a partition's writer: a transactional producer, from its {@code initTransactions}, which shuts the one
 * before out, to whatever ends it.
 *
 * <p>Every batch is one transaction. A commit that times out is in doubt: it is tried again a few times, and never
 * aborted, because it may have landed. Whatever else goes wrong ends the term by one path: it is not known here what
 * the record holds, so {@link Outcome.LeadershipLost}, and whoever leads next reads it.
 *
 * <p>Used by the partition's writer thread, but for {@link #end}, which any thread may call, also while that one waits.
 */
final class WriterTerm {
    /** How often a commit that timed out is tried. */
    static final int COMMIT_ATTEMPTS_MAX = 3;

    private final Supplier<KafkaProducer<byte[], byte[]>> producers;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean ended;
    private long nextHistory = -1;

    WriterTerm(Supplier<KafkaProducer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /** Shuts earlier writers out, and writes the barrier. */
    Outcome begin(ProducerRecord<byte[], byte[]> barrier) {
        try {
            Producer<byte[], byte[]> opened = open();
            if (opened == null) {
                return over();
            }
            opened.initTransactions();
            return commit(opened, List.of(barrier));
        } catch (KafkaException | IllegalStateException e) {
            return failed("the journal could not be taken over", e);
        }
    }

    /**
     * Writes a batch.
     *
     * @param lines of history in it
     * @param known the number of the first line, asked once a term
     * @param records makes the records, from the number of the first line
     */
    Outcome append(int lines, LongSupplier known, RecordsFrom records) {
        Producer<byte[], byte[]> current = current();
        if (current == null) {
            return over();
        }
        try {
            if (nextHistory < 0) {
                nextHistory = known.getAsLong();
            }
            List<ProducerRecord<byte[], byte[]>> all = records.from(nextHistory);
            Outcome outcome = commit(current, all);
            nextHistory += lines;
            return outcome;
        } catch (IllegalArgumentException e) {
            end();
            return new Outcome.NotWritten(String.valueOf(e.getMessage()));
        } catch (KafkaException | IllegalStateException e) {
            return failed("a batch could not be written", e);
        }
    }

    /** Makes the records of a batch whose first line of history has a number. */
    @FunctionalInterface
    interface RecordsFrom {
        List<ProducerRecord<byte[], byte[]>> from(long firstHistory);
    }

    /** Ends the term at once; a commit that is under way fails, though it may land. */
    void end() {
        Producer<byte[], byte[]> closing;
        synchronized (this) {
            ended = true;
            closing = producer;
            producer = null;
        }
        if (closing != null) {
            // Without waiting for anything, but it joins a thread: not at the cost of whoever ends the term.
            Thread.ofVirtual().name("kafka-journal-closer").start(() -> closing.close(Duration.ZERO));
        }
    }

    private @Nullable Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> opened = producers.get();
        synchronized (this) {
            if (!ended) {
                producer = opened;
                return opened;
            }
        }
        opened.close(Duration.ZERO);
        return null;
    }

    private synchronized @Nullable Producer<byte[], byte[]> current() {
        return producer;
    }

    private static Outcome over() {
        return new Outcome.NotWritten("the term is over; why=ended");
    }

    private Outcome commit(Producer<byte[], byte[]> to, List<ProducerRecord<byte[], byte[]>> records) {
        to.beginTransaction();
        Future<RecordMetadata> last = null;
        for (ProducerRecord<byte[], byte[]> record : records) {
            last = to.send(record);
        }
        commitInTheEnd(to);
        return new Outcome.Committed(offset(last) + 1);
    }

    private static void commitInTheEnd(Producer<byte[], byte[]> to) {
        for (int attempt = 1; ; attempt++) {
            try {
                to.commitTransaction();
                return;
            } catch (TimeoutException e) {
                if (attempt == COMMIT_ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private static long offset(@Nullable Future<RecordMetadata> sent) {
        if (sent == null) {
            throw new IllegalStateException("a batch has at least the record that ends it");
        }
        try {
            return sent.get().offset();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("a record of a committed batch failed", e);
        }
    }

    /** A producer that was closed meanwhile, because the term was ended, throws {@link IllegalStateException}. */
    private Outcome failed(String what, RuntimeException why) {
        end();
        String cause = why.getClass().getSimpleName() + ": " + why.getMessage();
        return switch (why) {
            case AuthorizationException _, AuthenticationException _, UnsupportedVersionException _ ->
                new Outcome.Broken(
                        what + ": Kafka refuses it, see its ACLs and the file of --kafka-properties; cause=" + cause);
            default -> new Outcome.LeadershipLost(what + "; cause=" + cause);
        };
    }
}
