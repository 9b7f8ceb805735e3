package dev.kalends.worker;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.Grant;
import dev.kalends.api.LeaseName;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.RenewRequest.Held;
import dev.kalends.api.ReportRequest;
import dev.kalends.api.ReportRequest.Report;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.Limits;
import dev.kalends.worker.HeldLease.State;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything a worker decides about its leases: what it holds, until when it may believe so, what to renew and report.
 *
 * <p>A lease is trusted until <em>send time of its last acknowledged renewal (or claim) + TTL - margin</em>. The leader
 * counts from the receipt, which is later than the send, so its lease never ends before our trust does. Past it the
 * execution must be stopped, and nothing it does is a success any more.
 *
 * <p>Pure and not thread-safe: no clock, no thread, no IO. {@link Worker} drives it under one lock, a simulator in
 * virtual time.
 */
final class LeaseBook {
    /** Trust ends so much before the lease: time to kill a process tree. */
    static final long MARGIN_MS = 1_000;

    /** Renewals go out this many times within a TTL. */
    private static final int RENEWALS_PER_TTL = 3;

    private static final long RENEW_RETRY_MS = 500;
    private static final int RENEW_OUTPUT_BYTES_MAX = 2 * 1024 * 1024;

    private final String worker;
    private final Map<LeaseKey, HeldLease> heldByKey = new LinkedHashMap<>();
    private final ReportQueue reports;
    private final DisownedLeases disowned = new DisownedLeases();
    private Optional<Renewal> inFlight = Optional.empty();
    private Optional<ClockReading> nextRenewal = Optional.empty();
    private long overdue;
    private long mostLeftMs;

    /** A renewal that was sent, with the output it carried. */
    private record Renewal(ClockReading sentAt, Map<LeaseKey, Long> outputEndByKey) {}

    /** An order to stop an execution. */
    record Stop(LeaseKey key, StopSignal.Reason reason) {}

    LeaseBook(String worker) {
        this.worker = worker;
        this.reports = new ReportQueue(worker);
    }

    /**
     * Enters what a claim brought.
     *
     * @param sentAt when the claim was sent
     * @return the leases that may be executed; one that took too long to arrive may not
     */
    List<HeldLease> granted(ClaimAnswer answer, ClockReading sentAt, ClockReading now) {
        mostLeftMs = Math.max(mostLeftMs, answer.ttlMs());
        List<HeldLease> executable = taken(answer, sentAt, now);
        List<LeaseName> doubted = answer.doubted();
        if (doubted != null) {
            Set<LeaseKey> finished = reports.unanswered();
            disowned.asked(doubted, key -> heldByKey.containsKey(key) || finished.contains(key), now, mostLeftMs);
        }
        if (disowned.isPending()) {
            renewBy(now);
        }
        return executable;
    }

    private List<HeldLease> taken(ClaimAnswer answer, ClockReading sentAt, ClockReading now) {
        ClockReading until = sentAt.plusMs(answer.ttlMs() - MARGIN_MS);
        if (now.hasReached(until)) {
            overdue += answer.grants().size();
            return List.of();
        }
        List<HeldLease> executable = new ArrayList<>(answer.grants().size());
        for (Grant grant : answer.grants()) {
            HeldLease lease = new HeldLease(grant, until);
            if (!disowned.contains(lease.key())) {
                heldByKey.put(lease.key(), lease);
                executable.add(lease);
            }
        }
        if (!executable.isEmpty()) {
            renewBy(now.plusMs(now.msUntil(until) / RENEWALS_PER_TTL));
        }
        return executable;
    }

    /** The next renewal, if one is due; its answer or failure must be told before the next. */
    Optional<RenewRequest> renewal(ClockReading now) {
        if (inFlight.isPresent()
                || (heldByKey.isEmpty() && !disowned.isPending())
                || nextRenewal.filter(at -> !now.hasReached(at)).isPresent()) {
            return Optional.empty();
        }
        Map<LeaseKey, Long> outputEndByKey = new LinkedHashMap<>();
        List<Held> held = new ArrayList<>();
        int room = RENEW_OUTPUT_BYTES_MAX;
        for (HeldLease lease : heldByKey.values()) {
            if (lease.state() != State.TRUSTED || held.size() == RenewRequest.HELD_MAX) {
                continue;
            }
            OutputTail.Piece output = lease.output().read(lease.shipped(), Math.min(room, Limits.OUTPUT_BYTES_MAX));
            room -= output.bytes().length;
            outputEndByKey.put(lease.key(), output.end());
            Long startedAtMs = lease.startedAtMs() < 0 ? null : lease.startedAtMs();
            held.add(new Held(
                    lease.key().run(), lease.key().token(), startedAtMs, output.offset(), base64(output.bytes())));
        }
        List<LeaseName> lost = disowned.tell();
        if (held.isEmpty() && lost.isEmpty()) {
            nextRenewal = Optional.empty();
            return Optional.empty();
        }
        inFlight = Optional.of(new Renewal(now, outputEndByKey));
        return Optional.of(new RenewRequest(ClaimRequest.PROTOCOL, worker, held, lost.isEmpty() ? null : lost));
    }

    /**
     * The renewal in flight was answered: what is neither lost nor left unanswered is trusted anew, from the moment it
     * was sent.
     */
    List<Stop> renewed(RenewAnswer answer, ClockReading now) {
        Renewal renewal = inFlight.orElseThrow(() -> new IllegalStateException("no renewal is in flight"));
        inFlight = Optional.empty();
        nextRenewal = Optional.empty();
        disowned.told();
        renewBy(disowned.isPending() ? now : renewal.sentAt().plusMs(answer.ttlMs() / RENEWALS_PER_TTL));
        Set<String> lost = new HashSet<>(answer.lost());
        Set<String> cancel = new HashSet<>(answer.cancel());
        Set<String> unanswered =
                new HashSet<>(Optional.ofNullable(answer.unanswered()).orElse(List.of()));
        if (!unanswered.isEmpty()) {
            renewBy(now.plusMs(RENEW_RETRY_MS));
        }
        List<Stop> stops = new ArrayList<>();
        ClockReading until = renewal.sentAt().plusMs(answer.ttlMs() - MARGIN_MS);
        renewal.outputEndByKey().forEach((key, outputEnd) -> {
            HeldLease lease = heldByKey.get(key);
            if (lease == null || unanswered.contains(key.run())) {
                return;
            }
            lease.shippedTo(outputEnd);
            if (lost.contains(key.run())) {
                lease.become(State.GONE);
                stops.add(new Stop(key, StopSignal.Reason.LOST));
            } else if (lease.state() == State.TRUSTED) {
                lease.trustUntil(until);
                if (cancel.contains(key.run())) {
                    stops.add(new Stop(key, StopSignal.Reason.CANCELLED));
                }
            }
        });
        return stops;
    }

    /** The renewal in flight got no answer: nothing is trusted for longer, and it is tried again soon. */
    void renewalFailed(ClockReading now) {
        inFlight = Optional.empty();
        nextRenewal = Optional.of(now.plusMs(RENEW_RETRY_MS));
    }

    /**
     * The renewal in flight was refused as such. A node of an older version does not know of disowned leases: the next
     * one goes without, and the leases that it disowned wait for their end.
     */
    void renewalRefused(ClockReading now) {
        disowned.told();
        renewalFailed(now);
    }

    /** Leases whose trust has just ended: their executions must be killed. Each is named once. */
    List<Stop> overdue(ClockReading now) {
        List<Stop> stops = new ArrayList<>();
        for (HeldLease lease : heldByKey.values()) {
            if (lease.state() == State.TRUSTED && now.hasReached(lease.trustedUntil())) {
                lease.become(State.OVERDUE);
                overdue++;
                stops.add(new Stop(lease.key(), StopSignal.Reason.LOST));
            }
        }
        return stops;
    }

    /** Execution begins. */
    void started(LeaseKey key, ClockReading now) {
        lease(key).started(now.wallMs());
    }

    /** Execution is over: the lease leaves the book, and its report is queued if anybody would take it. */
    void finished(LeaseKey key, Outcome outcome, ClockReading now) {
        HeldLease lease = lease(key);
        heldByKey.remove(key);
        if (lease.state() == State.GONE) {
            return;
        }
        boolean late = lease.state() == State.OVERDUE || now.hasReached(lease.trustedUntil());
        Outcome told = late ? Outcome.lost("the lease was not renewed in time") : outcome;
        reports.add(report(lease, told, now), lease.trustedUntil());
    }

    /** The next report, if one is due; its answer or failure must be told before the next. */
    Optional<ReportRequest> report(ClockReading now) {
        return reports.next(now, ClaimRequest.PROTOCOL);
    }

    /** Reports in all their states. */
    ReportQueue reports() {
        return reports;
    }

    /** Leases held, the overdue ones whose executions are still dying among them. */
    int held() {
        return heldByKey.size();
    }

    /** Leases whose trust ended before their execution did. */
    long overdueCount() {
        return overdue;
    }

    /** Milliseconds until {@link #renewal} may have something; empty when only an event can change that. */
    Optional<Long> msUntilRenewal(ClockReading now) {
        return (heldByKey.isEmpty() && !disowned.isPending()) || inFlight.isPresent()
                ? Optional.empty()
                : nextRenewal.map(at -> Math.max(0, now.msUntil(at)));
    }

    private void renewBy(ClockReading at) {
        if (nextRenewal.isEmpty() || at.msUntil(nextRenewal.get()) > 0) {
            nextRenewal = Optional.of(at);
        }
    }

    private HeldLease lease(LeaseKey key) {
        HeldLease lease = heldByKey.get(key);
        if (lease == null) {
            throw new IllegalStateException("no such lease is held; run=" + key.run() + " token=" + key.token());
        }
        return lease;
    }

    private static Report report(HeldLease lease, Outcome outcome, ClockReading now) {
        Grant grant = lease.grant();
        OutputTail.Piece output = lease.output().read(lease.shipped(), Limits.OUTPUT_BYTES_MAX);
        return new Report(
                grant.run(),
                grant.series(),
                grant.attempt(),
                grant.token(),
                word(outcome.end()),
                lease.startedAtMs() < 0 ? now.wallMs() : lease.startedAtMs(),
                now.wallMs(),
                outcome.exitCode().orElse(null),
                outcome.error().orElse(null),
                outcome.retryAfterMs() > 0 ? outcome.retryAfterMs() : null,
                output.offset(),
                base64(output.bytes()));
    }

    private static String word(AttemptEnd end) {
        return end.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String base64(byte[] bytes) {
        return bytes.length == 0 ? null : Base64.getEncoder().encodeToString(bytes);
    }
}
