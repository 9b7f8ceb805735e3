package dev.kalends.server;

import dev.kalends.api.ClaimRequest;
import dev.kalends.api.WorkerView;
import dev.kalends.time.MonotonicClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Remembers the workers that were heard of, in memory: bounded, and forgotten when silent for long. */
public final class WorkerRoster {
    private static final int WORKERS_MAX = 10_000;
    private static final long SILENT_AFTER_MS = 20_000;
    private static final long FORGOTTEN_AFTER_MS = 600_000;
    private static final int TEXT_MAX = 200;

    private final MonotonicClock clock;
    private final Map<String, Known> entryByWorker = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > WORKERS_MAX;
        }
    };

    private static final class Known {
        private long seenNs;
        private int waiting;
        private int slots;
        private int free;
        private List<String> queues = List.of();
        private String version = "";
        private String isolation = "";
    }

    public WorkerRoster(MonotonicClock clock) {
        this.clock = clock;
    }

    /** A claim came in, and may be parked. */
    synchronized void claims(ClaimRequest request) {
        Known entry = entry(request.worker());
        entry.waiting += request.free() > 0 ? 1 : 0;
        entry.slots = request.slots();
        entry.free = request.free();
        entry.queues = List.copyOf(request.queues());
        entry.version = cut(request.version());
        entry.isolation = cut(request.isolation());
    }

    /** A claim was answered. */
    synchronized void claimEnded(String worker) {
        Known entry = entry(worker);
        entry.waiting = Math.max(0, entry.waiting - 1);
    }

    /** A heartbeat or a report came in. */
    synchronized void seen(String worker) {
        entry(worker);
    }

    synchronized List<WorkerView> views() {
        long nowNs = clock.nowNs();
        entryByWorker
                .values()
                .removeIf(entry ->
                        entry.waiting == 0 && nowNs - entry.seenNs > TimeUnit.MILLISECONDS.toNanos(FORGOTTEN_AFTER_MS));
        List<WorkerView> views = new ArrayList<>();
        entryByWorker.forEach((worker, entry) -> {
            long agoMs = TimeUnit.NANOSECONDS.toMillis(Math.max(0, nowNs - entry.seenNs));
            boolean silent = entry.waiting == 0 && agoMs > SILENT_AFTER_MS;
            boolean draining = entry.slots == 0;
            views.add(new WorkerView(
                    worker,
                    silent ? "silent" : draining ? "draining" : "live",
                    entry.slots,
                    Math.max(0, entry.slots - entry.free),
                    entry.queues,
                    agoMs,
                    entry.version,
                    entry.isolation));
        });
        views.sort(java.util.Comparator.comparing(WorkerView::id));
        return views;
    }

    private Known entry(String worker) {
        Known entry = entryByWorker.computeIfAbsent(worker, _ -> new Known());
        entry.seenNs = clock.nowNs();
        return entry;
    }

    private static String cut(String text) {
        return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
    }
}
