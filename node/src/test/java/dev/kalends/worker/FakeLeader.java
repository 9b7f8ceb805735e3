package dev.kalends.worker;

import dev.kalends.api.ApiException;
import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Grant;
import dev.kalends.api.LeaseName;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A leader in memory: parks claims, grants what a test offers, keeps what is reported, and can go away. */
final class FakeLeader implements WorkerLink {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Grant> waiting = new ArrayDeque<>();
    private final List<ReportRequest.Report> reports = new ArrayList<>();
    private final List<RenewRequest> renewals = new ArrayList<>();
    private final List<LeaseName> doubted = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();
    private final Set<String> cancel = new HashSet<>();
    private final long ttlMs;
    private int mostGranted;
    private int granted;
    private boolean away;
    private boolean old;
    private boolean unparked;

    FakeLeader(long ttlMs) {
        this.ttlMs = ttlMs;
    }

    void offer(Grant... grants) {
        change(() -> Collections.addAll(waiting, grants));
    }

    void doubt(String run, long token) {
        change(() -> doubted.add(new LeaseName(run, token)));
    }

    /** Like a node of an older version: it refuses heartbeats that disown something. */
    void knowsNothingOfDisowning() {
        change(() -> old = true);
    }

    void goAway() {
        change(() -> away = true);
    }

    void comeBack() {
        change(() -> away = false);
    }

    void takeAway(String run) {
        change(() -> lost.add(run));
    }

    void cancel(String run) {
        change(() -> cancel.add(run));
    }

    int mostGranted() {
        return mostGranted;
    }

    @Override
    public ClaimAnswer claim(ClaimRequest request) {
        lock.lock();
        try {
            long leftNs = TimeUnit.MILLISECONDS.toNanos(request.waitMs());
            while (waiting.isEmpty() && doubted.isEmpty() && !away && !unparked && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            check();
            List<Grant> grants = new ArrayList<>();
            while (grants.size() < request.free() && !waiting.isEmpty()) {
                grants.add(waiting.removeFirst());
            }
            granted += grants.size();
            changed.signalAll();
            mostGranted = Math.max(mostGranted, grants.size());
            List<LeaseName> asked = List.copyOf(doubted);
            doubted.clear();
            return new ClaimAnswer(grants, ttlMs, asked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ErrorCode.UNAVAILABLE, "interrupted", "");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RenewAnswer renew(RenewRequest request) {
        lock.lock();
        try {
            check();
            if (old && request.disowned() != null) {
                throw new ApiException(ErrorCode.INVALID, "unknown field; field=disowned", "");
            }
            renewals.add(request);
            changed.signalAll();
            return new RenewAnswer(List.copyOf(lost), List.copyOf(cancel), ttlMs, null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ReportAnswer report(ReportRequest request) {
        lock.lock();
        try {
            check();
            reports.addAll(request.reports());
            changed.signalAll();
            return new ReportAnswer(Collections.nCopies(request.reports().size(), "accepted"));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unpark(String worker) {
        change(() -> unparked = true);
    }

    /** Waits for so many reports in all. */
    List<ReportRequest.Report> awaitReports(int count) throws InterruptedException {
        await(() -> reports.size() >= count);
        lock.lock();
        try {
            return List.copyOf(reports);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many runs have been granted in all. */
    void awaitGranted(int count) throws InterruptedException {
        await(() -> granted >= count);
    }

    /** Waits for a renewal that disowns a run. */
    void awaitDisowned(String run) throws InterruptedException {
        await(() -> renewals.stream()
                .map(RenewRequest::disowned)
                .anyMatch(names -> names != null
                        && names.stream().anyMatch(name -> name.run().equals(run))));
    }

    /** Waits for so many renewals in all. */
    void awaitRenewals(int count) throws InterruptedException {
        await(() -> renewals.size() >= count);
    }

    /** Waits for a renewal that carries output. */
    void awaitOutput() throws InterruptedException {
        await(() -> renewals.stream().flatMap(r -> r.held().stream()).anyMatch(held -> held.output() != null));
    }

    private void await(BooleanSupplier holds) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNs = TimeUnit.SECONDS.toNanos(10);
            while (!holds.getAsBoolean()) {
                if (leftNs <= 0) {
                    throw new AssertionError("it did not happen in time; granted=" + granted + " renewals="
                            + renewals.size() + " reports=" + reports.size());
                }
                leftNs = changed.awaitNanos(leftNs);
            }
        } finally {
            lock.unlock();
        }
    }

    private void check() {
        if (away) {
            throw new ApiException(ErrorCode.UNREACHABLE, "the leader is away", "");
        }
    }

    private void change(Runnable body) {
        lock.lock();
        try {
            body.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
