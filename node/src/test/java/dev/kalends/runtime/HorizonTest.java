package dev.kalends.runtime;

import static dev.kalends.runtime.LoopRig.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import dev.kalends.memory.MemoryStore;
import dev.kalends.partition.Command;
import dev.kalends.testing.Samples;
import dev.kalends.testing.StoreHarness;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The near horizon: what is loaded when, and what may be forgotten. */
final class HorizonTest {
    private final MemoryStore store = new MemoryStore(Samples.PARTITION);
    private final List<Command> fired = new ArrayList<>();

    private void apply(Change... changes) {
        store.apply(StoreHarness.batch(changes), store.position() + 1);
    }

    private void fire(Horizon horizon, long nowMs, int limit) {
        horizon.poll(nowMs, limit).due().forEach(due -> fired.add(due.command()));
    }

    private int poll(Horizon horizon, long nowMs) {
        fired.clear();
        fire(horizon, nowMs, 100);
        return fired.size();
    }

    /** The store, with a cascade that copies one row a call. */
    private Store slow() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (_, method, args) -> method.getName().equals("cascade")
                        ? store.cascade((long) args[0], 1)
                        : method.invoke(store, args));
    }

    @Test
    void aRetryIsLoadedAsARun() {
        JobId job = Samples.repeating(1);
        apply(new Change.PutRun(Samples.retrying(job, T0, T0 + 500)));
        Horizon horizon = new Horizon(store, LoopSettings.DEFAULT, T0);
        horizon.rebuild(T0, 0);
        assertEquals(0, poll(horizon, T0 + 499));
        assertEquals(1, poll(horizon, T0 + 500));
        assertEquals(List.of(new Command.Wake(RunId.scheduled(job, T0))), fired);
    }

    @Test
    void theWheelIsFilledAMinuteAtATimeAndLongBefore() {
        apply(new Change.PutState(Samples.next(Samples.repeating(1), T0 + 125_000)));
        Horizon horizon = new Horizon(store, LoopSettings.DEFAULT, T0);
        horizon.rebuild(T0, 0);
        horizon.load(T0 + 59_000);
        assertEquals(0, horizon.pending());
        horizon.load(T0 + 60_000);
        assertEquals(1, horizon.pending());
    }

    @Test
    void onlyWhatWasDecidedIsForgotten() {
        apply(new Change.PutState(Samples.next(Samples.repeating(1), T0 + 10)));
        apply(new Change.PutState(Samples.next(Samples.repeating(2), T0 + 20)));
        Horizon horizon = new Horizon(store, LoopSettings.DEFAULT, T0);
        horizon.rebuild(T0, 0);
        fire(horizon, T0 + 20, 1);
        store.forgetDue(horizon.newlyDecidedMs(T0 + 20));
        apply(new Change.PutSlot(1, 1));
        Horizon again = new Horizon(store, LoopSettings.DEFAULT, T0 + 20);
        again.rebuild(T0 + 20, 0);
        assertEquals(1, poll(again, T0 + 20));
        assertEquals(List.of(new Command.Fire(Samples.repeating(2))), fired);
    }

    /** The store, with a coming day so full that its copying does not end. */
    private Store crowded(long copiedBeforeMs) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (_, method, args) -> switch (method.getName()) {
                    case "cascade" -> true;
                    case "copiedBeforeMs" -> copiedBeforeMs;
                    default -> method.invoke(store, args);
                });
    }

    @Test
    void aFullDayToComeHoldsNothingUp() {
        apply(new Change.PutState(Samples.next(Samples.repeating(1), T0 - 5_000)));
        apply(new Change.PutState(Samples.next(Samples.repeating(2), T0 + 10_000)));
        apply(new Change.PutState(Samples.next(Samples.repeating(3), T0 + 70_000)));
        Horizon horizon = new Horizon(crowded(T0 + 60_000), LoopSettings.DEFAULT, T0);
        horizon.rebuild(T0, 0);
        assertEquals(2, poll(horizon, T0 + 10_000));
        for (long nowMs = T0; nowMs <= T0 + 57_000; nowMs += 1_000) {
            horizon.load(nowMs);
        }
        assertEquals(0, poll(horizon, T0 + 90_000), "what is due on that day is not loaded before it is copied");
    }

    @Test
    void whatTheCascadeHasNotCopiedYetIsNotPassedOver() {
        Horizon horizon = new Horizon(slow(), LoopSettings.DEFAULT, T0);
        horizon.rebuild(T0, 0);
        long dueMs = T0 + 130_000;
        for (int i = 0; i < 300; i++) {
            apply(new Change.PutSpec(Samples.once(Samples.oneOff(i), dueMs), dueMs));
        }
        int all = 0;
        for (long nowMs = T0; nowMs <= dueMs; nowMs += 1_000) {
            horizon.load(nowMs);
            for (int polled = poll(horizon, nowMs); polled > 0; polled = poll(horizon, nowMs)) {
                all += polled;
            }
        }
        assertEquals(300, all);
    }
}
