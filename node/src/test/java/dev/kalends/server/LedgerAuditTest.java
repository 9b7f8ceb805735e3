package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.StatsView;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.StoreReader;
import dev.kalends.memory.MemoryStore;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.testing.Samples;
import dev.kalends.time.VirtualClock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Up to which instant fires must have a verdict: as far as the leader has come, but not for ever. */
final class LedgerAuditTest {
    private static final StatsView.Ledger NOTHING = new StatsView.Ledger(0, 0);
    private static final StatsView.Ledger GAP = new StatsView.Ledger(1, 0);
    /** After the one-off came due. */
    private static final long LATER_MS = 10_000;

    private final VirtualClock clock = new VirtualClock(Samples.T0);
    private final Leader leader = new Leader();
    private final LedgerAudit audit =
            new LedgerAudit(new Partitions(List.of(leader)), new Clocks(clock.wall(), clock.monotonic()));

    /** A leader that says how far it came, on a store in which one one-off waits for {@link Samples#T0}. */
    private static final class Leader implements PartitionHandle {
        private final MemoryStore store = new MemoryStore(Samples.PARTITION);
        private boolean leading;
        private long decidedThroughMs = -1;

        Leader() {
            Change waits = new Change.PutSpec(Samples.once(Samples.oneOff(1), Samples.T0), Samples.T0);
            store.apply(new Batch(Samples.PARTITION, 1, Samples.T0, List.of(waits)), 1);
        }

        @Override
        public int partition() {
            return Samples.PARTITION;
        }

        @Override
        public CompletableFuture<Reply> ask(Command command) {
            throw new UnsupportedOperationException("nothing is asked of it");
        }

        @Override
        public CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
            throw new UnsupportedOperationException("nothing is asked of it");
        }

        @Override
        public StoreReader reader() {
            return store.reader();
        }

        @Override
        public boolean refresh(long waitMs) {
            return true;
        }

        @Override
        public long asOfMs() {
            return Samples.T0;
        }

        @Override
        public Status status() {
            return new Status(leading, 1, 0, 0, decidedThroughMs, 0, 0, 0, 0, 0, Missed.NONE, "");
        }

        @Override
        public OptionalLong leaseLeftMs(long token) {
            return OptionalLong.empty();
        }
    }

    private StatsView.Ledger audited() {
        assertTrue(audit.step(), "there is one job to look at");
        return audit.last();
    }

    @Test
    void aLeaderThatHasJustBegunHasNoGap() {
        clock.advance(LATER_MS);
        assertEquals(NOTHING, audited(), "nobody leads yet");
        leader.leading = true;
        assertEquals(NOTHING, audited(), "it has decided nothing yet");
        leader.decidedThroughMs = Samples.T0 - 1;
        assertEquals(NOTHING, audited(), "it has not come to the one-off yet");
    }

    @Test
    void whatALeaderPassedWithoutAVerdictIsAGap() {
        clock.advance(LATER_MS);
        leader.leading = true;
        leader.decidedThroughMs = Samples.T0 + LATER_MS;
        assertEquals(GAP, audited());
    }

    @Test
    void aLeaderThatNeverComesToItHasAGapAllTheSame() {
        leader.leading = true;
        leader.decidedThroughMs = Samples.T0 - 1;
        clock.advance(LedgerAudit.LAG_MAX_MS);
        assertEquals(NOTHING, audited());
        clock.advance(LATER_MS);
        assertEquals(GAP, audited());
    }

    @Test
    void whatWasDecidedIsComparedAlsoWhenNobodyLeadsAnyMore() {
        clock.advance(LATER_MS);
        leader.leading = true;
        leader.decidedThroughMs = Samples.T0 + LATER_MS;
        assertEquals(GAP, audited());
        leader.leading = false;
        assertEquals(GAP, audited());
    }
}
