package dev.kalends.sim;

import dev.kalends.testing.Samples;
import dev.kalends.time.VirtualClock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What happens when in a history: events in the order of virtual time, those of one moment in the order they were
 * planned. Also the history's log, of which the last lines are kept.
 */
final class Timeline {
    private static final int LINES_KEPT = 20_000;
    private static final long NS_A_MS = 1_000_000;

    private record Event(long atMs, long number, Runnable what) {}

    final VirtualClock clock = new VirtualClock(Samples.T0 + 43_200_000L);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::number));
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private long planned;

    /** Time passed since the beginning, by the monotonic clock. */
    long elapsedMs() {
        return clock.monotonic().nowNs() / NS_A_MS;
    }

    void after(long ms, Runnable what) {
        events.add(new Event(elapsedMs() + Math.max(0, ms), planned++, what));
    }

    /** Lets the next event happen; false when there is none. */
    boolean step() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        clock.advance(Math.max(0, next.atMs() - elapsedMs()));
        next.what().run();
        return true;
    }

    void log(String line) {
        lines.addLast(elapsedMs() + " " + (clock.nowMs() - Samples.T0) + " " + line);
        if (lines.size() > LINES_KEPT) {
            lines.removeFirst();
        }
    }

    /** The last lines of the log: elapsed milliseconds, wall milliseconds, what happened. */
    String lastLines(int count) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .skip(Math.max(0, lines.size() - count))
                .forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }
}
