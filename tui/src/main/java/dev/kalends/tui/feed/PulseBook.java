package dev.kalends.tui.feed;

import dev.kalends.api.EventView;
import dev.kalends.tui.model.Pulse;
import dev.kalends.tui.text.Spans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Adds events up by minutes. One thread adds, another takes the sum: both under this object's lock. */
final class PulseBook {
    private static final long MINUTE_MS = 60_000;
    /** Above it some skews count twice: better than to hold ever more. */
    private static final int COUNTED_MAX = 50_000;

    private final int[][] skew = new int[Pulse.MINUTES][Pulse.CLASSES];
    private final int[] started = new int[Pulse.MINUTES];
    private final int[] failed = new int[Pulse.MINUTES];
    /** Runs under way whose skew is counted. */
    private final Set<String> counted = new HashSet<>();

    private long minute;
    private long since;
    private long events;
    private boolean changed;

    /** An event, seen now. */
    synchronized void add(EventView event) {
        long atMs = Spans.ofRfc3339(event.at());
        if (atMs < 0 || !event.type().startsWith("run.")) {
            return;
        }
        long at = atMs / MINUTE_MS;
        goOn(at);
        events++;
        changed = true;
        if (at <= minute - Pulse.MINUTES) {
            return;
        }
        int slot = (int) Math.floorMod(at, (long) Pulse.MINUTES);
        switch (event.type()) {
            case "run.running" -> {
                started[slot] += event.skewMs() == null ? 1 : 0;
                skew(slot, event, counted::add);
            }
            case "run.retrying", "run.dead" -> {
                failed[slot]++;
                skew(slot, event, run -> !counted.remove(run));
            }
            case "run.succeeded" -> skew(slot, event, run -> !counted.remove(run));
            default -> {}
        }
    }

    /**
     * A granted run is told without skew; once it has begun, its next event tells it: another one while it runs, or
     * that of its end. It counts once.
     */
    private void skew(int slot, EventView event, Predicate<String> isFirst) {
        Integer attempt = event.attempt();
        Long skewMs = event.skewMs();
        String run = event.run();
        if (run != null && skewMs != null && (attempt == null || attempt == 1) && isFirst.test(run)) {
            skew[slot][Pulse.skewClass(skewMs)]++;
        }
        if (counted.size() > COUNTED_MAX) {
            counted.clear();
        }
    }

    /** Time goes on also when nothing happens. */
    synchronized void goOn(long toMinute) {
        if (since == 0) {
            since = toMinute;
            minute = toMinute;
        }
        since = Math.min(since, toMinute);
        for (long next = Math.max(minute + 1, toMinute - Pulse.MINUTES + 1); next <= toMinute; next++) {
            int slot = (int) Math.floorMod(next, (long) Pulse.MINUTES);
            skew[slot] = new int[Pulse.CLASSES];
            started[slot] = 0;
            failed[slot] = 0;
            changed = true;
        }
        minute = Math.max(minute, toMinute);
    }

    synchronized boolean hasChanged() {
        return changed;
    }

    /** What is added up so far, the oldest minute first. */
    synchronized Pulse sum() {
        changed = false;
        List<int[]> skewByMinute = new ArrayList<>();
        int[] startedByMinute = new int[Pulse.MINUTES];
        int[] failedByMinute = new int[Pulse.MINUTES];
        for (int i = 0; i < Pulse.MINUTES; i++) {
            int slot = (int) Math.floorMod(minute - Pulse.MINUTES + 1 + i, (long) Pulse.MINUTES);
            skewByMinute.add(skew[slot].clone());
            startedByMinute[i] = started[slot];
            failedByMinute[i] = failed[slot];
        }
        return new Pulse(minute, since, List.copyOf(skewByMinute), startedByMinute, failedByMinute, events);
    }
}
