package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.StatsView;
import dev.kalends.testing.Samples;
import dev.kalends.time.VirtualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Up to which instant fires must have a verdict: as far as the leader has come, but not for ever. */
final class LedgerAuditTest {
    private static final StatsView.Ledger NOTHING = new StatsView.Ledger(0, 0);
    private static final StatsView.Ledger GAP = new StatsView.Ledger(1, 0);
    /** After the one-off came due. */
    private static final long LATER_MS = 10_000;

    private final VirtualClock clock = new VirtualClock(Samples.T0);
    private final StillPartition leader = new StillPartition(Samples.oneOff(1));
    private final LedgerAudit audit =
            new LedgerAudit(new Partitions(List.of(leader)), new Clocks(clock.wall(), clock.monotonic()));

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
