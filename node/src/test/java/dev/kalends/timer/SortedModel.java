package dev.kalends.timer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a timing wheel must do, said with a sorted map. */
final class SortedModel {
    /** A timer that went out. */
    record Fired(long dueMs, long payload) {}

    private final TreeMap<Long, Deque<Long>> payloadsByDue = new TreeMap<>();
    private final Map<Long, Long> dueByPayload = new HashMap<>();

    void schedule(long dueMs, long payload) {
        payloadsByDue.computeIfAbsent(dueMs, _ -> new ArrayDeque<>()).addLast(payload);
        dueByPayload.put(payload, dueMs);
    }

    boolean cancel(long payload) {
        Long dueMs = dueByPayload.remove(payload);
        if (dueMs == null) {
            return false;
        }
        Deque<Long> payloads = payloadsByDue.getOrDefault(dueMs, new ArrayDeque<>());
        payloads.remove(payload);
        if (payloads.isEmpty()) {
            payloadsByDue.remove(dueMs);
        }
        return true;
    }

    List<Fired> poll(long nowMs, int limit) {
        List<Fired> fired = new ArrayList<>();
        while (fired.size() < limit && !payloadsByDue.isEmpty() && payloadsByDue.firstKey() <= nowMs) {
            long dueMs = payloadsByDue.firstKey();
            Deque<Long> payloads = payloadsByDue.firstEntry().getValue();
            long payload = payloads.removeFirst();
            if (payloads.isEmpty()) {
                payloadsByDue.remove(dueMs);
            }
            dueByPayload.remove(payload);
            fired.add(new Fired(dueMs, payload));
        }
        return fired;
    }

    int size() {
        return dueByPayload.size();
    }

    long firstDueMs() {
        return payloadsByDue.isEmpty() ? Long.MAX_VALUE : payloadsByDue.firstKey();
    }

    void clear() {
        payloadsByDue.clear();
        dueByPayload.clear();
    }
}
