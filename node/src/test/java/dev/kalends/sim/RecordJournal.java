package dev.kalends.sim;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Journal;
import dev.kalends.journal.JournalException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * A node's side of a {@link SharedRecord}: what it writes arrives later or never, what others write is delivered late
 * and several at once, and an answer that is lost leaves the outcome in doubt.
 */
final class RecordJournal implements Journal {
    private static final long NO_TERM = -1;
    private static final long GIVES_UP_MS = 6_000;
    private static final long TRIES_AGAIN_MS = 300;
    private static final int IN_DOUBT_ONE_IN = 60;
    private static final int LATE_ONE_IN = 40;

    private final SharedRecord record;
    private final Wiring wiring;
    private final Lines lines;
    private final Life life;
    private final long birth;
    private final Set<Long> passedOver = new HashSet<>();
    private long taken;
    private long delivered;
    private long reserved;
    private long term = NO_TERM;
    private boolean deliveryPlanned;
    private Runnable hint = () -> {};

    /** The side of the node that runs now. */
    RecordJournal(String node, SharedRecord record, Wiring wiring, Lines lines, Life life) {
        this.record = record;
        this.wiring = wiring;
        this.lines = lines;
        this.life = life;
        this.birth = life.birth();
        record.whenWritten(node, this::planDelivery);
        planDelivery();
    }

    private Timeline timeline() {
        return wiring.timeline();
    }

    private void planDelivery() {
        if (!deliveryPlanned) {
            deliveryPlanned = true;
            boolean late = wiring.faults().now(Faults.Kind.LATE_DELIVERY, LATE_ONE_IN);
            deliverIn(
                    late ? wiring.faults().measure(3_000) : 1 + wiring.random().nextInt(4));
        }
    }

    private void deliverIn(long ms) {
        timeline().after(ms, () -> life.run(birth, this::deliver));
    }

    private void deliver() {
        if (lines.open(Lines.Line.JOURNAL)) {
            deliveryPlanned = false;
            delivered = Math.max(delivered, record.end());
            told();
        } else {
            deliverIn(TRIES_AGAIN_MS);
        }
    }

    private void told() {
        hint.run();
        life.stir();
    }

    private long wayMs() {
        return 1L + wiring.random().nextInt(6);
    }

    /** One request to the record: it arrives, is answered, or is given up. */
    private final class Sent {
        private final Consumer<Outcome> whenDone;
        private final LongConsumer whenCommitted;
        private final long givesUpAtMs = timeline().elapsedMs() + GIVES_UP_MS;
        private boolean over;

        Sent(Consumer<Outcome> whenDone, LongConsumer whenCommitted) {
            this.whenDone = whenDone;
            this.whenCommitted = whenCommitted;
            timeline()
                    .after(
                            GIVES_UP_MS,
                            () -> life.run(birth, () -> settle(new Outcome.LeadershipLost("no answer in time"))));
        }

        /** Whoever sent it may be dead when it arrives. */
        void send(long delayMs, Runnable atTheRecord) {
            timeline().after(delayMs, () -> {
                if (lines.open(Lines.Line.JOURNAL, Lines.Way.OUT)) {
                    atTheRecord.run();
                } else if (timeline().elapsedMs() + TRIES_AGAIN_MS < givesUpAtMs) {
                    send(TRIES_AGAIN_MS, atTheRecord);
                }
            });
        }

        void answer(Outcome outcome) {
            timeline().after(wayMs(), () -> {
                if (lines.open(Lines.Line.JOURNAL, Lines.Way.IN)) {
                    life.run(birth, () -> settle(outcome));
                }
            });
        }

        private void settle(Outcome outcome) {
            if (over) {
                return;
            }
            over = true;
            if (outcome instanceof Outcome.Committed committed) {
                whenCommitted.accept(committed.position());
            }
            whenDone.accept(outcome);
            told();
        }
    }

    @Override
    public void begin(Consumer<Outcome> whenDone) {
        long knownThen = delivered;
        AtomicLong mine = new AtomicLong();
        Sent sent = new Sent(whenDone, barrier -> {
            term = mine.get();
            if (wiring.bug() == PlantedBug.CAUGHT_UP_BEFORE_SHUTTING_OUT) {
                LongStream.range(knownThen + 1, barrier).forEach(passedOver::add);
            }
        });
        sent.send(wayMs(), () -> {
            mine.set(record.shutOut());
            sent.send(wayMs() + wiring.random().nextInt(60), () -> sent.answer(outcome(record.barrier(mine.get()))));
        });
    }

    private Outcome outcome(OptionalLong position) {
        if (position.isEmpty()) {
            return new Outcome.LeadershipLost("another began");
        }
        if (wiring.faults().now(Faults.Kind.COMMIT_IN_DOUBT, IN_DOUBT_ONE_IN)) {
            if (wiring.bug() == PlantedBug.IN_DOUBT_IS_NOT_WRITTEN) {
                passedOver.add(position.getAsLong());
            }
            return new Outcome.LeadershipLost("the outcome is in doubt");
        }
        return new Outcome.Committed(position.getAsLong());
    }

    @Override
    public void append(Batch batch, Consumer<Outcome> whenDone) {
        long mine = term;
        Batch suffered = suffered(batch);
        Sent sent = new Sent(whenDone, position -> {
            if (term == mine) {
                // What this node wrote itself is not given to it.
                taken = position;
                delivered = Math.max(delivered, position);
            }
        });
        boolean slow = wiring.faults().now(Faults.Kind.LATE_COMMIT, LATE_ONE_IN);
        long delayMs = slow ? wiring.faults().measure(8_000) : wayMs();
        if (wiring.bug() == PlantedBug.PUBLISHED_BEFORE_COMMIT) {
            long position = Math.max(reserved, record.end()) + batch.changes().size() + 2;
            reserved = position;
            sent.send(delayMs, () -> record.append(mine, suffered, position));
            sent.settle(new Outcome.Committed(position));
        } else {
            sent.send(delayMs, () -> sent.answer(outcome(record.append(mine, suffered, record.placeFor(suffered)))));
        }
    }

    private Batch suffered(Batch batch) {
        if (wiring.bug() == PlantedBug.EPOCH_FROM_COORDINATION) {
            return new Batch(batch.partition(), term, batch.writtenMs(), batch.decidedThroughMs(), batch.changes());
        }
        return wiring.bug() == PlantedBug.REQUESTS_NOT_JOURNALED
                ? without(batch, Change.PutRequest.class::isInstance)
                : batch;
    }

    private static Batch without(Batch batch, Predicate<Change> unwanted) {
        List<Change> changes =
                batch.changes().stream().filter(unwanted.negate()).toList();
        return new Batch(batch.partition(), batch.epoch(), batch.writtenMs(), batch.decidedThroughMs(), changes);
    }

    @Override
    public Optional<Entry> next() {
        Optional<Entry> entry = record.after(taken, delivered);
        while (entry.isPresent() && passedOver.remove(entry.get().position())) {
            taken = entry.get().position();
            entry = record.after(taken, delivered);
        }
        entry.ifPresent(found -> taken = found.position());
        return wiring.bug() == PlantedBug.REMOVALS_DROPPED
                ? entry.map(found -> new Entry(without(found.batch(), SharedRecord::removes), found.position()))
                : entry;
    }

    @Override
    public void follow(long position) {
        if (position > record.end()) {
            throw new JournalException("the record ends before the replica; position=" + position);
        }
        term = NO_TERM;
        taken = position;
        planDelivery();
    }

    @Override
    public long end() {
        return delivered;
    }

    @Override
    public void whenMore(Runnable told) {
        hint = told;
    }

    @Override
    public void close() {
        term = NO_TERM;
    }
}
