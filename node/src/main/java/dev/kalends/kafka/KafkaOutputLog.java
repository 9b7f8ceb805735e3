package dev.kalends.kafka;

import dev.kalends.job.RunId;
import dev.kalends.journal.OutputLog;
import dev.kalends.journal.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Output tails of a cluster: what is appended is kept here and published, and what others publish is kept here too, so
 * that every node answers for every run. Output is lost first: while Kafka does not take it, only this node has it.
 */
final class KafkaOutputLog implements OutputLog {
    /** Bytes that wait to be published, at most. */
    static final long SEND_BUFFER_BYTES = 16L * 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(KafkaOutputLog.class.getName());

    private static final Duration CLOSE_WITHIN = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RETRY_AFTER_MS = 500;

    private final String topic;
    private final int partitions;
    private final OutputLog local;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final long writer;
    private final Thread thread;
    private volatile boolean closed;

    /** What a log reads and writes by; both are closed with it, as is the local log. */
    record Ends(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer) {}

    /**
     * Begins to read what others publish.
     *
     * @param writer names this opening of the log: its own records are known already
     */
    KafkaOutputLog(KafkaSettings settings, OutputLog local, Ends ends, long writer) {
        this.topic = settings.outputTopic();
        this.partitions = settings.partitions();
        this.local = local;
        this.producer = ends.producer();
        this.consumer = ends.consumer();
        this.writer = writer;
        consumer.assign(IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList());
        thread = Thread.ofPlatform().daemon().name("kafka-output-reader").start(this::run);
    }

    @Override
    public void append(RunId run, int attempt, long offset, byte[] bytes) {
        local.append(run, attempt, offset, bytes);
        byte[] value = OutputRecords.value(new OutputRecords.Stretch(writer, run, attempt, offset, bytes));
        int partition = run.job().partition() % partitions;
        try {
            // What finds no room is not published.
            var _ = producer.send(new ProducerRecord<>(topic, partition, OutputRecords.key(run), value));
        } catch (KafkaException e) {
            return; // kept here at least
        }
    }

    @Override
    public Optional<Tail> read(RunId run, int attempt) {
        return local.read(run, attempt);
    }

    @Override
    public void prune(long bytesKept) {
        local.prune(bytesKept);
    }

    private void run() {
        while (!closed) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    keep(record);
                }
            } catch (WakeupException e) {
                LOG.log(System.Logger.Level.TRACE, "woken: to close");
            } catch (InterruptException e) {
                break;
            } catch (KafkaException | StoreException e) {
                // Out of reach, or no room for tails: later.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_AFTER_MS));
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "reading output failed; it is tried again", e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_AFTER_MS));
            }
        }
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }

    private void keep(ConsumerRecord<byte[], byte[]> record) {
        OutputRecords.Stretch stretch;
        try {
            stretch = OutputRecords.read(record.key(), record.value());
        } catch (StoreException e) {
            return; // a newer node's: its tail is not shown by this one
        }
        if (stretch.writer() != writer) {
            local.append(stretch.run(), stretch.attempt(), stretch.offset(), stretch.bytes());
        }
    }

    /** Waits until the thread has ended, then closes the local log. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        producer.close(CLOSE_WITHIN);
        local.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
