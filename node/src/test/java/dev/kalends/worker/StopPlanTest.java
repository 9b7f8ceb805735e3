package dev.kalends.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.worker.StopPlan.Cause;
import dev.kalends.worker.StopPlan.Order;
import org.junit.jupiter.api.Test;

/** TERM, grace, KILL; and the cause that came first. */
final class StopPlanTest {
    private static final long MS = 1_000_000;

    private final StopPlan plan = new StopPlan(0, 1_000, 300);

    @Test
    void aTimeoutIsTermThenKill() {
        assertEquals(Order.NONE, plan.order(999 * MS, StopSignal.Reason.NONE));
        assertEquals(1, plan.msUntilNext(999 * MS));
        assertEquals(Order.TERM, plan.order(1_000 * MS, StopSignal.Reason.NONE));
        assertEquals(300, plan.msUntilNext(1_000 * MS));
        assertEquals(Order.NONE, plan.order(1_299 * MS, StopSignal.Reason.NONE));
        assertEquals(Order.KILL, plan.order(1_300 * MS, StopSignal.Reason.CANCELLED));
        assertEquals(Order.NONE, plan.order(1_400 * MS, StopSignal.Reason.LOST));
        assertEquals(Cause.TIMEOUT, plan.cause());
    }

    @Test
    void aCancelHasItsOwnGrace() {
        assertEquals(Order.TERM, plan.order(900 * MS, StopSignal.Reason.CANCELLED));
        assertEquals(Order.NONE, plan.order(1_100 * MS, StopSignal.Reason.CANCELLED));
        assertEquals(Order.KILL, plan.order(1_200 * MS, StopSignal.Reason.CANCELLED));
        assertEquals(Cause.CANCELLED, plan.cause());
    }

    @Test
    void aLostLeaseKillsAtOnceAlsoWithinAGrace() {
        assertEquals(Order.TERM, plan.order(0, StopSignal.Reason.DRAINED));
        assertEquals(Order.KILL, plan.order(1, StopSignal.Reason.LOST));
        assertEquals(Cause.DRAINED, plan.cause());
    }
}
