package dev.kalends.worker;

import dev.kalends.api.ApiException;
import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A worker: claims runs, executes them, renews their leases, reports how they ended.
 *
 * <p>Four loops share the {@link LeaseBook} under one lock and call the node without it. <em>Claims</em> asks for as
 * many runs as there are free slots, and ends {@code noop} runs on the spot. <em>Renewals</em> sends one heartbeat for
 * all leases. <em>Trust</em> kills what could not be renewed in time, and waits for nobody. <em>Reports</em> hands in
 * what has ended, as many as there are. Each other execution has a virtual thread of its own.
 */
public final class Worker implements AutoCloseable {
    /**
     * How long a claim may be held back. A node cannot know that a worker has died: what it grants within this time
     * waits for the lease to end.
     */
    public static final long PARK_MS = 2_000;

    private static final int REPORTS_WAITING_MAX = 4 * ReportRequest.REPORTS_MAX;
    private static final long TRUST_CHECK_MS = 100;
    private static final long IDLE_MS = 1_000;
    private static final long BACKOFF_FIRST_MS = 100;
    private static final long BACKOFF_MAX_MS = 5_000;
    /** After KILL, how long the end of executions is awaited; after that, how long their reports. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private final WorkerSettings settings;
    private final WorkerLink link;
    private final Executors executors;
    private final LeaseBook book;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<LeaseKey, StopSignal> running = new HashMap<>();
    private final WorkerLog log = new WorkerLog();
    private State state = State.NEW;
    /** Counts what the loops may be waiting for. */
    private long events;

    private final WorkerLoops loops = new WorkerLoops(log);

    private enum State {
        NEW,
        RUNNING,
        /** Claims no more. */
        DRAINING,
        CLOSED
    }

    public Worker(WorkerSettings settings, WorkerLink link) {
        this.settings = settings;
        this.link = link;
        this.executors = Executors.of(settings);
        this.book = new LeaseBook(settings.id());
    }

    /** Begins to claim. */
    public void start() {
        lock.lock();
        try {
            if (state != State.NEW) {
                throw new IllegalStateException("a worker starts once; state=" + state);
            }
            state = State.RUNNING;
            loops.start("claims", this::claims);
            loops.start("renewals", this::renewals);
            loops.start("trust", this::trust);
            loops.start("reports", this::reports);
        } finally {
            lock.unlock();
        }
    }

    /** The isolation that commands get here, in one word. */
    public String isolation() {
        return executors.isolation().word();
    }

    /** Executions now. */
    public int running() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    /** Figures since the start. */
    public WorkerFigures figures() {
        lock.lock();
        try {
            return new WorkerFigures(
                    running.size(),
                    book.reports().size(),
                    book.overdueCount(),
                    book.reports().givenUp());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leaves in good order: claims no more, lets executions finish for a while, then asks them to end and makes them,
     * reports everything. The node runs again what was stopped.
     */
    public void drain(Duration patience) throws InterruptedException {
        become(State.DRAINING);
        link.unpark(settings.id());
        if (!awaitIdle(patience)) {
            raiseAll(StopSignal.Reason.DRAINED);
            awaitIdle(settings.grace().plus(LAST_PATIENCE));
        }
        await(LAST_PATIENCE, () -> book.reports().size() == 0);
        close();
    }

    /** Kills what runs, and ends; what was not reported is run again when its lease is over. */
    @Override
    public void close() {
        become(State.CLOSED);
        link.unpark(settings.id());
        raiseAll(StopSignal.Reason.LOST);
        try {
            awaitIdle(LAST_PATIENCE);
            loops.end(LAST_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void claims() throws InterruptedException {
        long backoffMs = BACKOFF_FIRST_MS;
        for (int free = awaitFree(); free > 0; free = awaitFree()) {
            ClockReading sentAt = now();
            try {
                accept(link.claim(claim(free)), sentAt);
                backoffMs = BACKOFF_FIRST_MS;
                log.claimed();
            } catch (ApiException e) {
                log.refused(e);
                await(Duration.ofMillis(Math.max(e.retryAfterMs(), backoffMs)), () -> state != State.RUNNING);
                backoffMs = Math.min(BACKOFF_MAX_MS, backoffMs * 2);
            }
        }
        if (!closed()) {
            takeLeave();
        }
    }

    /** What was granted when the worker began to drain is executed, not lost. */
    private void takeLeave() {
        ClockReading sentAt = now();
        try {
            accept(link.claim(claim(0)), sentAt);
        } catch (ApiException e) {
            log.refused(e); // what it was granted is run again when the lease is over
        }
    }

    private ClaimRequest claim(int free) {
        return new ClaimRequest(
                ClaimRequest.PROTOCOL,
                settings.id(),
                settings.queues(),
                Math.min(free, ClaimRequest.FREE_MAX),
                settings.slots(),
                PARK_MS,
                settings.version(),
                isolation());
    }

    private void accept(ClaimAnswer answer, ClockReading sentAt) {
        lock.lock();
        try {
            ClockReading now = now();
            for (HeldLease lease : book.granted(answer, sentAt, now)) {
                book.started(lease.key(), now);
                if (lease.grant().kind().equals("noop")) {
                    book.finished(lease.key(), Outcome.SUCCEEDED, now);
                } else {
                    launch(lease);
                }
            }
            announce();
        } finally {
            lock.unlock();
        }
    }

    private void launch(HeldLease lease) {
        StopSignal stop = new StopSignal();
        running.put(lease.key(), stop);
        if (state == State.CLOSED) {
            stop.raise(StopSignal.Reason.LOST);
        }
        Execution execution = new Execution(lease.grant(), lease.output(), stop);
        Thread.ofVirtual().name("run-" + lease.key().run()).start(() -> {
            Outcome outcome = Outcome.lost("the worker failed to execute it");
            try {
                outcome = executors.execute(execution);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.broken("run", e);
                outcome = Outcome.failed(PlainText.of("the worker failed; error=" + e));
            } finally {
                finished(lease.key(), outcome);
            }
        });
    }

    private void finished(LeaseKey key, Outcome outcome) {
        lock.lock();
        try {
            running.remove(key);
            book.finished(key, outcome, now());
            announce();
        } finally {
            lock.unlock();
        }
    }

    private void renewals() throws InterruptedException {
        while (!closed()) {
            Optional<RenewRequest> request = locked(() -> book.renewal(now()));
            if (request.isEmpty()) {
                awaitWork(() -> book.msUntilRenewal(now()));
                continue;
            }
            try {
                var answer = link.renew(request.get());
                stop(locked(() -> book.renewed(answer, now())));
            } catch (ApiException e) {
                log.refused(e);
                lock.lock();
                try {
                    if (e.code() == ErrorCode.INVALID) {
                        book.renewalRefused(now());
                    } else {
                        book.renewalFailed(now());
                    }
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private void trust() throws InterruptedException {
        while (!closed()) {
            stop(locked(() -> book.overdue(now())));
            TimeUnit.MILLISECONDS.sleep(TRUST_CHECK_MS);
        }
    }

    private void reports() throws InterruptedException {
        while (!closed()) {
            Optional<ReportRequest> request = locked(() -> book.report(now()));
            if (request.isEmpty()) {
                awaitWork(() -> book.reports().msUntilNext(now()));
                continue;
            }
            Optional<ApiException> refusal = Optional.empty();
            try {
                link.report(request.get());
            } catch (ApiException e) {
                log.refused(e);
                refusal = Optional.of(e);
            }
            settle(refusal);
        }
    }

    private void settle(Optional<ApiException> refusal) {
        lock.lock();
        try {
            if (refusal.isEmpty()) {
                book.reports().answered(now());
            } else {
                book.reports().turnedAway(refusal.get(), now());
            }
            announce();
        } finally {
            lock.unlock();
        }
    }

    private void stop(List<LeaseBook.Stop> stops) {
        for (LeaseBook.Stop stop : stops) {
            Optional<StopSignal> signal = locked(() -> Optional.ofNullable(running.get(stop.key())));
            signal.ifPresent(found -> found.raise(stop.reason()));
        }
    }

    private void raiseAll(StopSignal.Reason reason) {
        List<StopSignal> all = locked(() -> List.copyOf(running.values()));
        all.forEach(signal -> signal.raise(reason));
    }

    private ClockReading now() {
        return ClockReading.of(settings.monotonic(), settings.wall());
    }

    /** Free slots, at least one; 0 when no more is to be claimed. */
    private int awaitFree() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state == State.RUNNING
                    && (running.size() >= settings.slots() || book.reports().size() >= REPORTS_WAITING_MAX)) {
                changed.await();
            }
            return state == State.RUNNING ? settings.slots() - running.size() : 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitIdle(Duration patience) throws InterruptedException {
        return await(patience, running::isEmpty) && claimsEnded(patience);
    }

    /** A claim that was held back may bring work after all: it is executed, not lost. */
    private boolean claimsEnded(Duration patience) throws InterruptedException {
        return loops.firstEnds(patience.plusMillis(1)) && await(patience, running::isEmpty);
    }

    private boolean await(Duration patience, BooleanSupplier check) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNs = patience.toNanos();
            while (!check.getAsBoolean() && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            return check.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an event, or for the moment at which a loop said it would have something to do. */
    private void awaitWork(Supplier<Optional<Long>> dueInMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long seen = events;
            long leftNs = TimeUnit.MILLISECONDS.toNanos(
                    Math.min(IDLE_MS, dueInMs.get().orElse(IDLE_MS)));
            while (leftNs > 0 && events == seen && state != State.CLOSED) {
                leftNs = changed.awaitNanos(leftNs);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all that wait; the caller holds the lock. */
    private void announce() {
        events++;
        changed.signalAll();
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next.compareTo(state) > 0 ? next : state;
            announce();
        } finally {
            lock.unlock();
        }
    }

    private boolean closed() {
        return locked(() -> state == State.CLOSED);
    }

    private <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }
}
