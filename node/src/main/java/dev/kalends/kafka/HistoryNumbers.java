package dev.kalends.kafka;

import dev.kalends.time.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Looks for the number of the next line of history in the journal itself, backwards, in growing steps: the last end of
 * a batch is never compacted away. Needed only by a leader that read no end of a batch since it was started.
 */
final class HistoryNumbers {
    private static final long FIRST_STEP = 1_024;
    private static final long GROWTH = 16;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final MonotonicClock clock;
    private final long idleMaxMs;

    /** A search by a consumer that nobody else uses, and that the caller closes. */
    HistoryNumbers(Consumer<byte[], byte[]> consumer, TopicPartition partition, MonotonicClock clock, long idleMaxMs) {
        this.consumer = consumer;
        this.partition = partition;
        this.clock = clock;
        this.idleMaxMs = idleMaxMs;
    }

    /** The number after all ends of batches before an offset, which must have been read; 0 if there is none. */
    long before(long offset) {
        consumer.assign(List.of(partition));
        for (long step = FIRST_STEP; ; step *= GROWTH) {
            long from = Math.max(0, offset - step);
            long found = lastIn(from, offset);
            if (found >= 0 || from == 0) {
                return Math.max(0, found);
            }
        }
    }

    private long lastIn(long from, long to) {
        long found = -1;
        consumer.seek(partition, from);
        long heardNs = clock.nowNs();
        while (consumer.position(partition) < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                heardNs = clock.nowNs();
                if (record.offset() < to
                        && record.value() != null
                        && JournalRecords.read(record.key(), record.value())
                                instanceof JournalRecords.Content.Ended ended) {
                    found = ended.end().nextHistory();
                }
            }
            if (clock.nowNs() - heardNs > TimeUnit.MILLISECONDS.toNanos(idleMaxMs)) {
                throw new TimeoutException("the journal gives nothing to read; partition=" + partition);
            }
        }
        return found;
    }
}
