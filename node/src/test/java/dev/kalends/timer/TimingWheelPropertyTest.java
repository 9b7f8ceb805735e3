package dev.kalends.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.timer.SortedModel.Fired;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs on the wheel and on the model, which must agree after every step. */
final class TimingWheelPropertyTest {
    private static final long DAY_MS = 86_400_000L;
    private static final int STEPS = 20_000;
    private static final int PROGRAMS = 12;
    private static final int CANCELLED_MAX = 2_000;

    /** The same steps on both. */
    private static final class Pair {
        private final SplittableRandom random;
        private final SortedModel model = new SortedModel();
        private final TimingWheel wheel;
        private final List<Long> handles = new ArrayList<>();
        private long nowMs;

        Pair(long seed) {
            random = new SplittableRandom(seed);
            nowMs = random.nextLong(0, 60_000L * DAY_MS);
            wheel = new TimingWheel(nowMs);
        }

        void step() {
            int choice = random.nextInt(100);
            if (choice < 50) {
                schedule();
            } else if (choice < 65) {
                cancel();
            } else if (choice < 98) {
                nowMs += random.nextInt(4) == 0 ? jump() : random.nextInt(50);
                poll(random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(20));
            } else if (choice < 99) {
                nowMs = Math.max(0, nowMs - jump());
                poll(Integer.MAX_VALUE);
            } else if (random.nextInt(20) == 0) {
                clear();
            }
            check();
        }

        /** Distances of every magnitude, some of them backwards. */
        long jump() {
            return random.nextLong(1L << random.nextInt(1, 38));
        }

        void schedule() {
            long dueMs = switch (random.nextInt(8)) {
                case 0 -> nowMs;
                case 1 -> Math.max(0, nowMs - jump());
                case 2 -> (nowMs + jump()) & ~0xfffL;
                case 3 -> random.nextLong(TimingWheel.DUE_MAX_MS + 1);
                case 4, 5 -> nowMs + random.nextInt(8);
                default -> nowMs + jump();
            };
            schedule(dueMs);
        }

        /** Into one of a few slots, of every level that is used near by and of the late ones. */
        void scheduleInACrowd() {
            schedule(
                    switch (random.nextInt(5)) {
                        case 0 -> nowMs + 5 + random.nextInt(3);
                        case 1 -> (nowMs | 0xff) + 1 + random.nextInt(256);
                        case 2 -> (nowMs | 0xffff) + 1 + random.nextInt(1_000);
                        case 3 -> (nowMs | 0xff_ffff) + 1 + random.nextInt(100_000);
                        default -> Math.max(0, nowMs - 1 - random.nextInt(random.nextBoolean() ? 3 : 100_000));
                    });
        }

        private void schedule(long dueMs) {
            long payload = handles.size();
            handles.add(wheel.schedule(dueMs, payload));
            model.schedule(dueMs, payload);
        }

        void cancel() {
            if (!handles.isEmpty()) {
                int payload = random.nextInt(handles.size());
                assertEquals(model.cancel(payload), wheel.cancel(handles.get(payload)), "cancel of " + payload);
            }
        }

        void cancelOfTheLast(int among) {
            int payload = random.nextInt(Math.max(0, handles.size() - among), handles.size());
            assertEquals(model.cancel(payload), wheel.cancel(handles.get(payload)), "cancel of " + payload);
        }

        /** Timers that came one after the other, so that whole chunks are taken back. */
        void cancelRow(int count) {
            int first = random.nextInt(Math.max(0, handles.size() - 4 * count), handles.size());
            for (int payload = first; payload < Math.min(first + count, handles.size()); payload++) {
                assertEquals(model.cancel(payload), wheel.cancel(handles.get(payload)), "cancel of " + payload);
            }
        }

        void poll(int limit) {
            List<Fired> fired = new ArrayList<>();
            int count = wheel.poll(nowMs, limit, (dueMs, payload) -> fired.add(new Fired(dueMs, payload)));
            assertEquals(model.poll(nowMs, limit), fired);
            assertEquals(fired.size(), count);
        }

        void clear() {
            nowMs = random.nextLong(0, 60_000L * DAY_MS);
            wheel.clear(nowMs);
            model.clear();
        }

        void check() {
            assertEquals(model.size(), wheel.size());
            assertTrue(wheel.cancelled() <= CANCELLED_MAX + model.size(), () -> "cancelled=" + wheel.cancelled());
            long first = model.firstDueMs();
            long bound = wheel.nextDueMs();
            assertTrue(bound <= first, () -> "bound=" + bound + " first=" + first);
            assertEquals(first == Long.MAX_VALUE, bound == Long.MAX_VALUE);
        }

        void drain() {
            nowMs = Long.MAX_VALUE;
            poll(Integer.MAX_VALUE);
            check();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithTheModel(long seed) {
        for (int program = 0; program < PROGRAMS; program++) {
            Pair pair = new Pair(seed * 1000 + program);
            for (int i = 0; i < STEPS / PROGRAMS; i++) {
                pair.step();
            }
            pair.drain();
        }
    }

    /** Most timers are taken back, so that entries are swept up all the time, also between two timers of one poll. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void agreesWithTheModelWhenMostIsCancelled(long seed) {
        Pair pair = new Pair(seed);
        for (int i = 0; i < 3_000; i++) {
            for (int j = 0; j < 12; j++) {
                pair.schedule();
            }
            for (int j = 0; j < 11; j++) {
                pair.cancelOfTheLast(3_000);
            }
            if (i % 5 == 0) {
                pair.nowMs += pair.random.nextInt(400);
                pair.poll(pair.random.nextInt(40));
            } else if (i % 501 == 0) {
                pair.nowMs += pair.jump();
                pair.poll(500);
            }
            pair.check();
        }
        pair.drain();
    }

    /** Few slots hold all: each has many chunks, which are swept, merged, joined and taken in part. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void agreesWithTheModelWhenAFewSlotsAreCrowded(long seed) {
        Pair pair = new Pair(seed);
        for (int i = 0; i < 1_000; i++) {
            for (int j = 0; j < 60; j++) {
                pair.scheduleInACrowd();
            }
            for (int j = 0; j < 70; j++) {
                pair.cancelOfTheLast(6_000);
            }
            if (i % 30 == 0) {
                pair.cancelRow(2_000);
            }
            if (i % 20 == 0) {
                pair.nowMs += pair.random.nextInt(4) == 0 ? pair.random.nextInt(200_000) : pair.random.nextInt(300);
                pair.poll(pair.random.nextInt(1_500));
            }
            pair.check();
        }
        pair.drain();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void sleepingUntilTheBoundNeverIsLate(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TimingWheel wheel = new TimingWheel(1_000);
        for (int i = 0; i < 2_000; i++) {
            wheel.schedule(1_000 + random.nextLong(1L << random.nextInt(1, 36)), i);
        }
        int fired = 0;
        int wakes = 0;
        while (wheel.size() > 0) {
            long nowMs = wheel.nextDueMs();
            fired += wheel.poll(nowMs, Integer.MAX_VALUE, (dueMs, _) -> assertEquals(nowMs, dueMs));
            wakes++;
        }
        assertEquals(2_000, fired);
        assertTrue(wakes <= 3 * 2_000, "wakes=" + wakes);
    }
}
