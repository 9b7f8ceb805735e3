package dev.kalends.worker;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.Grant;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportRequest;
import dev.kalends.job.AttemptEnd;
import dev.kalends.time.VirtualClock;
import java.util.List;
import java.util.Optional;

/** The real {@link LeaseBook} on a virtual clock, for a simulator outside this package. */
public final class SimulatedBook {
    private final LeaseBook book;
    private final VirtualClock clock;

    /** A moment on both clocks, to be given back. */
    public static final class Mark {
        private final ClockReading reading;

        private Mark(ClockReading reading) {
            this.reading = reading;
        }
    }

    /**
     * An order to stop an execution.
     *
     * @param lost at once, because the lease is gone; else politely
     */
    public record StopOrder(String run, long token, boolean lost) {}

    public SimulatedBook(String worker, VirtualClock clock) {
        this.book = new LeaseBook(worker);
        this.clock = clock;
    }

    public Mark mark() {
        return new Mark(now());
    }

    /** Enters a claim's answer; returns what may be executed, which counts as started. */
    public List<Grant> granted(ClaimAnswer answer, Mark sentAt) {
        ClockReading now = now();
        List<HeldLease> leases = book.granted(answer, sentAt.reading, now);
        leases.forEach(lease -> book.started(lease.key(), now));
        return leases.stream().map(HeldLease::grant).toList();
    }

    public Optional<RenewRequest> renewal() {
        return book.renewal(now());
    }

    public List<StopOrder> renewed(RenewAnswer answer) {
        return orders(book.renewed(answer, now()));
    }

    public void renewalFailed() {
        book.renewalFailed(now());
    }

    public List<StopOrder> overdue() {
        return orders(book.overdue(now()));
    }

    public void finished(Grant grant, AttemptEnd end) {
        Outcome outcome = switch (end) {
            case SUCCEEDED -> Outcome.SUCCEEDED;
            case LOST -> Outcome.lost("killed");
            case FAILED, TIMED_OUT, CANCELLED -> new Outcome(end, Optional.of(1), Optional.of("exit 1"), 0);
        };
        book.finished(new LeaseKey(grant.run(), grant.token()), outcome, now());
    }

    public Optional<ReportRequest> report() {
        return book.report(now());
    }

    public void reportAnswered() {
        book.reports().answered(now());
    }

    public void reportFailed() {
        book.reports().failed(now(), 0);
    }

    /** Whether a heartbeat will be due, or is on its way. */
    public boolean renews() {
        return book.msUntilRenewal(now()).isPresent();
    }

    /** Reports that are not answered yet. */
    public int reports() {
        return book.reports().size();
    }

    private ClockReading now() {
        return ClockReading.of(clock.monotonic(), clock.wall());
    }

    private static List<StopOrder> orders(List<LeaseBook.Stop> stops) {
        return stops.stream()
                .map(stop ->
                        new StopOrder(stop.key().run(), stop.key().token(), stop.reason() == StopSignal.Reason.LOST))
                .toList();
    }
}
