package dev.kalends.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.journal.StoreReader;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.NodeDuty.Trust;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node lives while its timer moves and its lease is renewed. */
final class PulseTest {
    private long nowMs = 1_000_000;
    private final Still partition = new Still();
    private Optional<Trust> trust = Optional.empty();
    private final Pulse pulse = new Pulse(List.of(partition), _ -> trust, () -> nowMs);

    @Test
    void aTimerWithNothingOverdueNeedNotMove() {
        partition.decidedThroughMs = nowMs + 120_000;
        assertEquals(Optional.empty(), pulse.look());
        nowMs += 30_000;
        assertEquals(Optional.empty(), pulse.look());
    }

    @Test
    void aTimerThatIsBehindAndDoesNotMoveStandsStill() {
        partition.decidedThroughMs = nowMs;
        assertEquals(Optional.empty(), pulse.look());
        nowMs += Pulse.BEHIND_MAX_MS;
        assertEquals(Optional.empty(), pulse.look());
        nowMs += 1;
        assertEquals(Optional.of("the timer stands still; partition=0"), pulse.look());
    }

    @Test
    void aNodeThatMakesUpForAnOutageIsBusyAndNotStuck() {
        partition.decidedThroughMs = nowMs - 3_600_000;
        for (int i = 0; i < 5; i++) {
            partition.position++;
            nowMs += 10_000;
            assertEquals(Optional.empty(), pulse.look());
        }
        nowMs += 10_000;
        assertEquals(Optional.of("the timer stands still; partition=0"), pulse.look());
        partition.decidedThroughMs += 1;
        assertEquals(Optional.empty(), pulse.look());
    }

    @Test
    void aLeaseThatWasNotRenewedIsTold() {
        partition.decidedThroughMs = nowMs;
        trust = Optional.of(new Trust(2_000, 5_000, 3_000));
        assertEquals(Optional.empty(), pulse.look());
        trust = Optional.of(new Trust(0, 5_000, 6_100));
        assertEquals(Optional.of("the lease was not renewed; partition=0 renewedAgoMs=6100"), pulse.look());
    }

    @Test
    void whoDoesNotLeadIsNotAsked() {
        partition.leading = false;
        partition.decidedThroughMs = -1;
        trust = Optional.of(new Trust(0, 5_000, 6_100));
        assertEquals(Optional.empty(), pulse.look());
        assertEquals(Optional.empty(), pulse.look());
    }

    /** A partition that is as it is told to be, and does nothing. */
    private static final class Still implements PartitionHandle {
        private boolean leading = true;
        private long decidedThroughMs;
        private long position;

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public CompletableFuture<Reply> ask(Command command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoreReader reader() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean refresh(long waitMs) {
            return true;
        }

        @Override
        public long asOfMs() {
            return 0;
        }

        @Override
        public Status status() {
            return new Status(leading, 1, 0, 0, decidedThroughMs, 0, 0, 0, position, 0, Missed.NONE, "");
        }

        @Override
        public OptionalLong leaseLeftMs(long token) {
            return OptionalLong.empty();
        }
    }
}
