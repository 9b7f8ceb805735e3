package dev.kalends.runtime;

import dev.kalends.job.JobId;
import dev.kalends.job.Priority;
import dev.kalends.job.RunId;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Store;
import dev.kalends.partition.Command;
import dev.kalends.timer.TimingWheel;
import java.util.ArrayList;
import java.util.List;

/**
 * The near horizon of a partition: the timing wheel, and what has been loaded into it from the store's agenda.
 *
 * <p>Everything due before {@link #loadedThroughMs} is in the wheel; everything later is on disk only. So a timer that
 * is armed for later is simply left out, and dropping the wheel loses nothing: {@link #rebuild} makes it again. Owned
 * by the partition's thread.
 */
final class Horizon {
    /** Timers in the wheel beyond which loading goes only {@link #CROWDED_AHEAD_MS} ahead: 24 bytes each. */
    static final int CROWDED = 2_000_000;

    private static final long CROWDED_AHEAD_MS = 2_000;
    /** What is late by less than this when the wheel is made goes into it: it is due now. */
    private static final long OVERDUE_MS = 1_000;

    private static final long MINUTE_MS = 60_000;
    private static final int CASCADE_ROWS = 20_000;

    private final Store store;
    private final LoopSettings settings;
    private final TimingWheel wheel;
    private final RunTimers runs = new RunTimers();
    private final Backlog backlog;
    private long loadedThroughMs;
    private long saidDecidedMs;
    /** The earliest timer that was passed over: its entry and all later ones stay in the agenda. */
    private long passedOverMs = Long.MAX_VALUE;

    private volatile int pending;

    Horizon(Store store, LoopSettings settings, long nowMs) {
        this.store = store;
        this.settings = settings;
        this.wheel = new TimingWheel(nowMs);
        this.backlog = new Backlog(this::priority);
    }

    private Priority priority(JobId job) {
        return store.spec(job).map(spec -> spec.policy().priority()).orElse(Priority.NORMAL);
    }

    /** Drops the wheel and loads it again; jobs that are overdue are in the backlog afterwards. */
    void rebuild(long nowMs, long nowNs) {
        wheel.clear(nowMs);
        runs.clear();
        backlog.clear(nowNs);
        loadedThroughMs = 0;
        saidDecidedMs = 0;
        passedOverMs = Long.MAX_VALUE;
        boolean more = true;
        while (more && !isCopied(nowMs)) {
            // Nothing may fire before all that is due by then is in the agenda; a day that is to come has time.
            more = store.cascade(nowMs, CASCADE_ROWS);
        }
        loadThrough(nowMs - OVERDUE_MS, backlog::add);
        load(nowMs);
    }

    /** Goes on loading what comes near; bounded work a call. */
    void load(long nowMs) {
        boolean more = store.cascade(nowMs, CASCADE_ROWS);
        while (more && loadedThroughMs <= nowMs + CROWDED_AHEAD_MS && !isCopied(nowMs)) {
            more = store.cascade(nowMs, CASCADE_ROWS);
        }
        boolean crowded = wheel.size() >= CROWDED;
        long fullMs = nowMs + (crowded ? CROWDED_AHEAD_MS : settings.horizonMs());
        // The store looks through a minute for any part of it: all of it at once costs what a second's worth does.
        if (!crowded && minuteEnd(loadedThroughMs) > fullMs) {
            pending = wheel.size();
            return;
        }
        // What is not copied yet could be due in what would be loaded now, and would be passed over.
        long targetMs = Math.min(fullMs, more ? store.copiedBeforeMs() : Long.MAX_VALUE);
        while (loadedThroughMs < targetMs) {
            loadThrough(
                    Math.min(targetMs, minuteEnd(loadedThroughMs)), (dueMs, job) -> wheel.schedule(dueMs, job.value()));
            if (wheel.size() >= CROWDED && loadedThroughMs > nowMs + CROWDED_AHEAD_MS) {
                break;
            }
        }
        pending = wheel.size();
    }

    private static long minuteEnd(long instantMs) {
        return (Math.floorDiv(instantMs, MINUTE_MS) + 1) * MINUTE_MS;
    }

    /** Whether all that is due now and in a moment was copied into the agenda. */
    private boolean isCopied(long nowMs) {
        return store.copiedBeforeMs() > nowMs + CROWDED_AHEAD_MS;
    }

    @FunctionalInterface
    private interface Jobs {
        void add(long dueMs, JobId job);
    }

    private void loadThrough(long endMs, Jobs jobs) {
        store.due(loadedThroughMs, endMs, new Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                jobs.add(dueMs, job);
            }

            @Override
            public void run(long dueMs, RunId run) {
                wheel.schedule(dueMs, runs.put(run));
            }
        });
        loadedThroughMs = endMs;
    }

    void arm(long dueMs, JobId job) {
        if (dueMs < loadedThroughMs) {
            wheel.schedule(dueMs, job.value());
        }
    }

    void arm(long dueMs, RunId run) {
        if (dueMs < loadedThroughMs) {
            wheel.schedule(dueMs, runs.put(run));
        }
    }

    /** A timer that went off: a {@link Command.Fire} or {@link Command.Wake}. */
    record Due(long dueMs, Command command, JobId job) {}

    /**
     * What {@link #poll} takes.
     *
     * @param lagMs how long ago the earliest of the wheel's timers was due, or 0
     */
    record Polled(List<Due> due, long lagMs) {}

    /** Takes what is due, and after that a portion of the backlog. */
    Polled poll(long nowMs, int limit) {
        List<Due> due = new ArrayList<>();
        wheel.poll(
                nowMs,
                limit,
                (dueMs, payload) -> due.add(payload >= 0 ? fire(dueMs, new JobId(payload)) : wake(dueMs, payload)));
        long earliestMs = nowMs;
        for (Due timer : due) {
            earliestMs = Math.min(earliestMs, timer.dueMs());
        }
        long floorMs = backlog.floorMs();
        backlog.poll(job -> due.add(fire(floorMs, job)));
        pending = wheel.size();
        return new Polled(due, nowMs - earliestMs);
    }

    private static Due fire(long dueMs, JobId job) {
        return new Due(dueMs, new Command.Fire(job), job);
    }

    private Due wake(long dueMs, long payload) {
        RunId run = runs.take(payload);
        return new Due(dueMs, new Command.Wake(run), run.job());
    }

    /** A timer's command was not decided: it stays in the agenda. */
    void passedOver(long dueMs) {
        passedOverMs = Math.min(passedOverMs, dueMs);
    }

    /** No fire due at or before this instant waits to be decided; it may lie ahead. */
    long decidedThroughMs() {
        return Math.min(Math.min(loadedThroughMs, wheel.nextDueMs()), backlog.floorMs()) - 1;
    }

    /** What the batch that is written now can say it has decided, once each: see {@link Batch}; -1 for nothing new. */
    long newlyDecidedMs(long nowMs) {
        long throughMs = Math.min(Math.min(nowMs, decidedThroughMs()), passedOverMs - 1);
        if (throughMs <= saidDecidedMs) {
            return -1;
        }
        saidDecidedMs = throughMs;
        return throughMs;
    }

    /** When something is due next, or must be loaded. */
    long nextMs() {
        return !backlog.isEmpty() ? 0 : Math.min(wheel.nextDueMs(), loadedThroughMs - 1);
    }

    /** Jobs that came due before this term and are not decided yet, and when they will be; from any thread. */
    Backlog backlog() {
        return backlog;
    }

    /** Timers in the wheel; from any thread. */
    int pending() {
        return pending;
    }
}
