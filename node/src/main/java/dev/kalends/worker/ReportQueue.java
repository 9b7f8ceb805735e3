package dev.kalends.worker;

import dev.kalends.api.ApiException;
import dev.kalends.api.ReportRequest;
import dev.kalends.api.ReportRequest.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finished attempts on their way to the leader: batched, repeated until answered, given up in the end.
 *
 * <p>After an answer the queue rests for as long as that took: a single report goes out at once, and a busy cluster, in
 * which each request goes on to the leader of every partition in it, gets fewer and fuller ones.
 *
 * <p>A report is still worth sending after its lease is over: the leader may have been away and extended the lease, and
 * if not, the token gets it refused. A request that is refused as a whole is halved until the culprit stands alone.
 * Pure and not thread-safe.
 */
final class ReportQueue {
    /** How long a report outlives its lease. */
    static final long KEPT_MS = 120_000;

    private static final int OUTPUT_CHARS_MAX = 8 * 1024 * 1024;
    private static final long BACKOFF_FIRST_MS = 100;
    private static final long BACKOFF_MAX_MS = 2_000;
    private static final long REST_MAX_MS = 50;
    /** Reports that end a rest: with so many a request costs what they cost, and its way hardly counts. */
    private static final int RESTS_UP_TO = 1_024;

    private static final int ABANDONED_KEPT = 1_000;

    private final String worker;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final List<Pending> inFlight = new ArrayList<>();
    private Optional<ClockReading> notBefore = Optional.empty();
    private Optional<ClockReading> restsUntil = Optional.empty();
    private Optional<ClockReading> sentAt = Optional.empty();
    private long backoffMs = BACKOFF_FIRST_MS;
    private int batchMax = ReportRequest.REPORTS_MAX;
    private final Set<LeaseKey> abandoned = new LinkedHashSet<>();
    private long givenUp;

    private record Pending(Report report, ClockReading keepUntil) {
        LeaseKey key() {
            return new LeaseKey(report.run(), report.token());
        }

        int outputChars() {
            return report.output() == null ? 0 : report.output().length();
        }
    }

    ReportQueue(String worker) {
        this.worker = worker;
    }

    void add(Report report, ClockReading leaseUntil) {
        waiting.addLast(new Pending(report, leaseUntil.plusMs(KEPT_MS)));
    }

    /** Reports that are not answered yet. */
    int size() {
        return waiting.size() + inFlight.size();
    }

    /** The leases of attempts that no leader has given a verdict on, those that were given up lately among them. */
    Set<LeaseKey> unanswered() {
        Set<LeaseKey> keys = new HashSet<>(abandoned);
        waiting.forEach(pending -> keys.add(pending.key()));
        inFlight.forEach(pending -> keys.add(pending.key()));
        return keys;
    }

    /** Reports that nobody wanted. */
    long givenUp() {
        return givenUp;
    }

    /** The next request, if one is due; its answer or failure must be told before the next. */
    Optional<ReportRequest> next(ClockReading now, int protocol) {
        if (!inFlight.isEmpty() || waiting.isEmpty() || msUntilAllowed(now) > 0) {
            return Optional.empty();
        }
        sentAt = Optional.of(now);
        long outputChars = 0;
        while (!waiting.isEmpty() && inFlight.size() < batchMax && outputChars < OUTPUT_CHARS_MAX) {
            Pending pending = waiting.removeFirst();
            if (now.monotonicNs() - pending.keepUntil().monotonicNs() >= 0) {
                giveUp(pending);
            } else {
                inFlight.add(pending);
                outputChars += pending.outputChars();
            }
        }
        return inFlight.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReportRequest(
                        protocol, worker, inFlight.stream().map(Pending::report).toList()));
    }

    /** The request in flight was answered, whatever the verdicts: each is final. */
    void answered(ClockReading now) {
        inFlight.clear();
        batchMax = Math.min(ReportRequest.REPORTS_MAX, batchMax * 2);
        calm();
        restsUntil = sentAt.map(sent -> now.plusMs(Math.clamp(sent.msUntil(now), 0, REST_MAX_MS)));
    }

    /** The request in flight got no answer. */
    void failed(ClockReading now, long retryAfterMs) {
        putBack();
        notBefore = Optional.of(now.plusMs(Math.max(retryAfterMs, backoffMs)));
        backoffMs = Math.min(BACKOFF_MAX_MS, backoffMs * 2);
    }

    /** The request in flight was not taken: because of what it says, or because of when it came. */
    void turnedAway(ApiException refusal, ClockReading now) {
        switch (refusal.code()) {
            case INVALID, TOO_LARGE, USAGE -> refused();
            case INTERNAL,
                    FAILED,
                    NOT_FOUND,
                    UNAUTHORIZED,
                    FORBIDDEN,
                    CONFLICT,
                    PRECONDITION_FAILED,
                    UNREACHABLE,
                    UNAVAILABLE,
                    PARTLY_FAILED,
                    RUN_FAILED,
                    WAIT_TIMEOUT,
                    THROTTLED -> failed(now, refusal.retryAfterMs());
        }
    }

    /** The request in flight was refused as such; repeating it would be refused again. */
    void refused() {
        if (inFlight.size() == 1) {
            giveUp(inFlight.removeFirst());
        } else {
            batchMax = Math.max(1, inFlight.size() / 2);
            putBack();
        }
        calm();
    }

    private void giveUp(Pending pending) {
        givenUp++;
        abandoned.add(pending.key());
        if (abandoned.size() > ABANDONED_KEPT) {
            abandoned.remove(abandoned.iterator().next());
        }
    }

    /** Milliseconds until {@link #next} may have something; empty when only an event can change that. */
    Optional<Long> msUntilNext(ClockReading now) {
        return waiting.isEmpty() || !inFlight.isEmpty() ? Optional.empty() : Optional.of(msUntilAllowed(now));
    }

    /** A rest ends when a request would be worth its way; what was turned away waits in any case. */
    private long msUntilAllowed(ClockReading now) {
        long restMs = waiting.size() < Math.min(batchMax, RESTS_UP_TO) ? msUntil(restsUntil, now) : 0;
        return Math.max(restMs, msUntil(notBefore, now));
    }

    private static long msUntil(Optional<ClockReading> instant, ClockReading now) {
        return instant.map(at -> Math.max(0, now.msUntil(at))).orElse(0L);
    }

    private void putBack() {
        for (int i = inFlight.size() - 1; i >= 0; i--) {
            waiting.addFirst(inFlight.get(i));
        }
        inFlight.clear();
    }

    private void calm() {
        notBefore = Optional.empty();
        backoffMs = BACKOFF_FIRST_MS;
    }
}
