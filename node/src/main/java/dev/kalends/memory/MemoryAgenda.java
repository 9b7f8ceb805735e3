package dev.kalends.memory;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Store.DueSink;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The agenda in memory, with the one-offs of day slots that are not yet copied into it. */
final class MemoryAgenda {
    private static final long DAY_MS = 86_400_000L;

    /** What wakes the partition. */
    private sealed interface Entry {
        record Job(JobId id) implements Entry {}

        record OpenRun(RunId id) implements Entry {}
    }

    private record Doomed(long dueMs, Entry entry) {}

    private final NavigableMap<Long, Set<Entry>> entriesByDue = new TreeMap<>();
    /** By id, which is by day and sequence. */
    private final NavigableMap<JobId, Long> dueInSlots = new TreeMap<>();

    private final Set<Doomed> doomed = new HashSet<>();

    MemoryAgenda() {}

    MemoryAgenda(MemoryAgenda original) {
        original.entriesByDue.forEach((dueMs, entries) -> entriesByDue.put(dueMs, new LinkedHashSet<>(entries)));
        dueInSlots.putAll(original.dueInSlots);
    }

    void oneOff(JobId id, long dueMs) {
        dueInSlots.put(id, dueMs);
    }

    void job(long dueMs, JobId id) {
        add(dueMs, new Entry.Job(id));
    }

    void run(long dueMs, RunId id) {
        add(dueMs, new Entry.OpenRun(id));
    }

    boolean cascade(long nowMs, int limit) {
        int copied = 0;
        while (!dueInSlots.isEmpty() && dueInSlots.firstKey().day() * DAY_MS < nowMs + DAY_MS) {
            if (copied == limit) {
                return true;
            }
            Map.Entry<JobId, Long> row = dueInSlots.pollFirstEntry();
            add(row.getValue(), new Entry.Job(row.getKey()));
            copied++;
        }
        return false;
    }

    void due(long fromMs, long toMs, DueSink sink) {
        if (fromMs < toMs) {
            entriesByDue
                    .subMap(fromMs, toMs)
                    .forEach((dueMs, entries) -> entries.forEach(entry -> {
                        switch (entry) {
                            case Entry.Job job -> sink.job(dueMs, job.id());
                            case Entry.OpenRun run -> sink.run(dueMs, run.id());
                        }
                    }));
        }
    }

    /** Notes what stands in the agenda now; it goes with {@link #dropForgotten}, and not if it never comes. */
    void forget(long throughMs) {
        entriesByDue
                .headMap(throughMs, true)
                .forEach((dueMs, entries) -> entries.forEach(entry -> doomed.add(new Doomed(dueMs, entry))));
    }

    void dropForgotten() {
        for (Doomed gone : doomed) {
            entriesByDue.computeIfPresent(gone.dueMs(), (_, entries) -> {
                entries.remove(gone.entry());
                return entries.isEmpty() ? null : entries;
            });
        }
        doomed.clear();
    }

    /** Takes {@link #forget} back, because the apply that it belonged to has failed. */
    void keepForgotten() {
        doomed.clear();
    }

    private void add(long dueMs, Entry entry) {
        entriesByDue.computeIfAbsent(dueMs, _ -> new LinkedHashSet<>()).add(entry);
    }
}
