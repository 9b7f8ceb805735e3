package dev.kalends.kafka;

import dev.kalends.journal.Journal;
import dev.kalends.journal.JournalException;
import dev.kalends.journal.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One partition's entries on their way from the consumer's thread to the partition's: a bounded queue.
 *
 * <p>The partition's side says where to follow from, and up to which barrier; the consumer's side asks for that, and
 * brings records. Both call at any time: what belongs to an earlier {@link #follow} is dropped.
 */
final class PartitionFeed {
    /** Bytes held at most, but for the records of one poll: beyond it the partition is not read. */
    static final long BYTES_MAX = 16L * 1024 * 1024;

    private static final long BYTES_RESUME = BYTES_MAX / 2;
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final int partition;
    private final Runnable wakeConsumer;
    private final Deque<Fed> queue = new ArrayDeque<>();
    private @Nullable EntryAssembler assembler;
    private long queuedBytes;
    private long start;
    private boolean asked = true;
    private boolean full;
    private long barrier = NO_LIMIT;
    private long lastPosition;
    private long end;
    private long nextHistory = -1;
    private int following;
    private @Nullable String failure;
    private long contactMs;
    private Runnable hint = () -> {};

    /**
     * A feed of what comes after a position.
     *
     * @param end how far the record is known to go: a replica that has just begun shall not look caught up
     */
    PartitionFeed(int partition, long start, long end, long contactMs, Runnable wakeConsumer) {
        this.partition = partition;
        this.start = start;
        this.end = end;
        this.lastPosition = start;
        this.contactMs = contactMs;
        this.wakeConsumer = wakeConsumer;
    }

    // The partition's side.

    synchronized Optional<Journal.Entry> next() {
        Fed fed = queue.poll();
        if (fed == null) {
            if (failure != null) {
                throw new JournalException(failure);
            }
            return Optional.empty();
        }
        queuedBytes -= fed.bytes();
        nextHistory = fed.nextHistory();
        if (full && queuedBytes <= BYTES_RESUME) {
            full = false;
            wakeConsumer.run();
        }
        return Optional.of(fed.entry());
    }

    /** Begins anew after a position. */
    synchronized void follow(long position) {
        following++;
        start = position;
        lastPosition = position;
        asked = true;
        barrier = NO_LIMIT;
        nextHistory = position == 0 ? 0 : -1;
        failure = null;
        clear();
        wakeConsumer.run();
    }

    /** Which {@link #follow} this is. */
    synchronized int following() {
        return following;
    }

    /** Ends with the barrier at a position: what comes later is this node's own. Unless it was followed anew since. */
    synchronized void leadFrom(long barrierPosition, int since) {
        if (since != following) {
            return;
        }
        barrier = barrierPosition;
        while (!queue.isEmpty() && queue.peekLast().entry().position() > barrierPosition) {
            queuedBytes -= queue.removeLast().bytes();
        }
    }

    /** Says that this node's own batch went in. */
    synchronized void wrote(long position, int since) {
        if (since == following) {
            lastPosition = Math.max(lastPosition, position);
        }
    }

    synchronized long end() {
        return Math.max(end, lastPosition);
    }

    /** The number of the next line of history after the last entry taken, if what was read says so. */
    synchronized OptionalLong nextHistory() {
        return nextHistory < 0 ? OptionalLong.empty() : OptionalLong.of(nextHistory);
    }

    synchronized void whenMore(Runnable newHint) {
        hint = newHint;
    }

    // The consumer's side.

    /** Where the consumer shall go to, until it has {@link #begun}. */
    synchronized OptionalLong asked() {
        return asked ? OptionalLong.of(start) : OptionalLong.empty();
    }

    /** The consumer stands where it was asked to; false when it is asked for something else by now. */
    synchronized boolean begun(long position, long nowMs) {
        if (!asked || position != start) {
            return false;
        }
        asked = false;
        if (position == 0) {
            contactMs = nowMs;
        }
        assembler = new EntryAssembler(partition, position, this::add);
        return true;
    }

    /** Whether records are of use now. */
    synchronized boolean wantsRecords() {
        return !asked && failure == null && !full && lastPosition < barrier;
    }

    /** Takes records that were read since {@link #begun}, in their order. */
    void accept(List<ConsumerRecord<byte[], byte[]>> records) {
        boolean more;
        Runnable toTell;
        synchronized (this) {
            int before = queue.size();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (asked || assembler == null || failure != null || record.offset() >= barrier) {
                    break;
                }
                read(assembler, record);
            }
            full = queuedBytes >= BYTES_MAX;
            more = queue.size() > before || failure != null;
            toTell = hint;
        }
        if (more) {
            toTell.run();
        }
    }

    private void read(EntryAssembler into, ConsumerRecord<byte[], byte[]> record) {
        try {
            into.accept(record.offset(), record.key(), record.value());
        } catch (StoreException e) {
            failure = e.getMessage() + " partition=" + partition + " offset=" + record.offset();
        }
    }

    private void add(Fed fed) {
        queue.add(fed);
        queuedBytes += fed.bytes();
        lastPosition = fed.entry().position();
    }

    /**
     * Says how far the record is known to go.
     *
     * @param recordEnd offset behind the last record that can be read
     */
    synchronized void reaches(long recordEnd, Reading reading, long nowMs) {
        if (asked) {
            return;
        }
        end = switch (reading) {
            // What lies behind the last entry is no entry: the marks of transactions.
            case ALL_READ -> lastPosition;
            case BEHIND -> Math.max(lastPosition, recordEnd - 1);
        };
        if (reading == Reading.ALL_READ) {
            contactMs = nowMs;
        }
    }

    /** How far the consumer is. */
    enum Reading {
        ALL_READ,
        BEHIND
    }

    synchronized boolean leading() {
        return barrier != NO_LIMIT;
    }

    /** When this node last had everything that was in the record, on the wall clock. */
    synchronized long contactMs() {
        return contactMs;
    }

    synchronized void contact(long nowMs) {
        contactMs = nowMs;
    }

    /** Ends the feed, until it is followed anew: {@link #next} says why. */
    void fail(String why) {
        Runnable toTell;
        synchronized (this) {
            failure = why;
            toTell = hint;
        }
        toTell.run();
    }

    private void clear() {
        queue.clear();
        queuedBytes = 0;
        full = false;
        assembler = null;
    }
}
