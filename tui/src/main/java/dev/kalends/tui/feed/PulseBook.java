package dev.kalends.tui.feed;

import dev.kalends.api.EventView;
import dev.kalends.tui.model.Pulse;
import dev.kalends.tui.text.Spans;
import java.util.ArrayList;
import java.util.List;

/** Adds events up by minutes. One thread adds, another takes the sum: both under this object's lock. */
final class PulseBook {
    private static final long MINUTE_MS = 60_000;

    private final int[][] skew = new int[Pulse.MINUTES][Pulse.CLASSES];
    private final int[] started = new int[Pulse.MINUTES];
    private final int[] failed = new int[Pulse.MINUTES];
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
                started[slot]++;
                Integer attempt = event.attempt();
                Long skewMs = event.skewMs();
                if (skewMs != null && (attempt == null || attempt == 1)) {
                    skew[slot][Pulse.skewClass(skewMs)]++;
                }
            }
            case "run.retrying", "run.dead" -> failed[slot]++;
            default -> {}
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
