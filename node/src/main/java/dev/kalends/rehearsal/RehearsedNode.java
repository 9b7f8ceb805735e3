package dev.kalends.rehearsal;

import dev.kalends.journal.Batch;
import dev.kalends.journal.EmbeddedJournal;
import dev.kalends.journal.Journal;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.LocalCoordination;
import dev.kalends.memory.MemoryStore;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionLoop;
import dev.kalends.time.VirtualClock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The node of a rehearsal: the real loop of one partition over a store in memory. Its terms begin and end as it is
 * told; what was committed stays.
 */
final class RehearsedNode {
    /** The partition of every rehearsal; jobs of others keep their ids, which decides nothing. */
    static final int PARTITION = 0;

    private static final long MINUTE_MS = 60_000;
    /** The node's own, but for history: it is kept no longer than it must. */
    static final LoopSettings SETTINGS = new LoopSettings(
            LoopSettings.DEFAULT.runTtlMs(),
            LoopSettings.DEFAULT.foundTtlMs(),
            LoopSettings.DEFAULT.horizonMs(),
            LoopSettings.DEFAULT.loadEveryMs(),
            MINUTE_MS,
            MINUTE_MS);

    private static final long NS_A_MS = 1_000_000;
    private static final int STEPS_MAX = 1_000_000;

    private final VirtualClock clock;
    private final MemoryStore store;
    private final Tally tally;
    private final Meters meters = new Meters(MINUTE_MS);
    private final EventRing events = new EventRing(0);
    private Optional<PartitionLoop> loop = Optional.empty();

    RehearsedNode(VirtualClock clock, MemoryStore store, Tally tally) {
        this.clock = clock;
        this.store = store;
        this.tally = tally;
    }

    /** A term begins, on what was committed. */
    void begin() {
        LocalCoordination coordination = new LocalCoordination();
        coordination.join(new Member("rehearsal", ""));
        coordination.tryOwn(PARTITION);
        loop = Optional.of(new PartitionLoop(new LoopParts(
                PARTITION,
                SETTINGS,
                clock.wall(),
                clock.monotonic(),
                new TalliedJournal(),
                store,
                new LocalRunQueue(),
                coordination,
                meters,
                events)));
        work();
    }

    /** The term ends without a word: what was not committed is gone, whoever waits is refused. */
    void end() {
        loop.ifPresent(PartitionLoop::close);
        loop = Optional.empty();
        store.restart();
    }

    boolean serves() {
        return loop.isPresent();
    }

    /** Does all there is to do at this moment; returns whether there was anything. */
    boolean work() {
        if (loop.isEmpty()) {
            return false;
        }
        int steps = 0;
        while (loop.get().doWork()) {
            if (steps++ == STEPS_MAX) {
                throw new IllegalStateException("the loop does not come to rest; steps=" + STEPS_MAX);
            }
        }
        return steps > 0;
    }

    CompletableFuture<Reply> ask(Command command) {
        return loop.orElseThrow().ask(command);
    }

    CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
        return loop.orElseThrow().claim(claim, waitMs);
    }

    /** When something is to be done next, unless somebody asks; {@link Long#MAX_VALUE} while none serves. */
    long nextMs() {
        return loop.map(serving -> clock.nowMs() + Math.max(1, Math.ceilDiv(serving.idleNs(), NS_A_MS)))
                .orElse(Long.MAX_VALUE);
    }

    /** The journal of an embedded node, read along. */
    private final class TalliedJournal implements Journal {
        private final EmbeddedJournal journal = new EmbeddedJournal(PARTITION, store.position());

        @Override
        public void append(Batch batch, Consumer<Outcome> whenDone) {
            tally.enter(batch);
            journal.append(batch, whenDone);
        }

        @Override
        public void begin(Consumer<Outcome> whenDone) {
            journal.begin(whenDone);
        }

        @Override
        public Optional<Entry> next() {
            return journal.next();
        }

        @Override
        public void follow(long position) {
            journal.follow(position);
        }

        @Override
        public long end() {
            return journal.end();
        }

        @Override
        public void whenMore(Runnable hint) {
            journal.whenMore(hint);
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
