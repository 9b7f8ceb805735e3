package dev.kalends.runtime;

import dev.kalends.api.LeaseName;
import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Decider;
import dev.kalends.partition.Moment;
import dev.kalends.partition.ReadyRuns;
import dev.kalends.partition.Reply;
import java.util.Set;

/**
 * What a leader has to do with workers beside deciding: claims that wait, leases that run, and from when both count.
 * Owned by the partition's thread.
 */
final class WorkersDesk {
    private static final long NS_A_MS = 1_000_000;

    private final LoopParts parts;
    private final ReadyRuns ready;
    private final OpenBatch batch;
    private final LeaseTable leases;
    private final ParkedClaims parked = new ParkedClaims();

    WorkersDesk(LoopParts parts, ReadyRuns ready, OpenBatch batch, LeaseTable leases) {
        this.parts = parts;
        this.ready = ready;
        this.batch = batch;
        this.leases = leases;
    }

    ParkedClaims parked() {
        return parked;
    }

    /** Puts a claim aside that nothing waits for; false when it is to be decided. */
    boolean waits(Inbox.Item item, long nowNs) {
        if (!(item.command() instanceof Command.Claim claim)) {
            return false;
        }
        if (claim.free() == 0) {
            parked.leave(claim.worker());
        }
        boolean waits = item.waitMs() > 0 && !ready.waitsIn(claim.queues()) && !leases.doubts(claim.worker());
        if (waits) {
            park(claim, item, nowNs);
        }
        return waits;
    }

    /** Holds a reply until its batch is through; a claim that was granted nothing goes on waiting. */
    void answer(Inbox.Item item, Reply decided, long nowNs) {
        Reply reply = decided;
        if (item.command() instanceof Command.Claim claim && decided instanceof Reply.Claimed claimed) {
            Reply.Claimed whole = asking(claim, claimed);
            if (item.waitMs() > 0 && whole.grants().isEmpty() && whole.doubted().isEmpty()) {
                park(claim, item, nowNs);
                return;
            }
            reply = whole;
        }
        if (item.command() instanceof Command.Renew renew && decided instanceof Reply.Renewed renewed) {
            batch.then(() -> extend(renew, renewed));
        }
        batch.hold(item.answer(), reply.countedFrom(confirmedAgoMs(nowNs)));
    }

    /** Grants waiting claims what is there. */
    void serve(Decider decider, Moment moment) {
        if (parked.isEmpty() || !ready.any()) {
            return;
        }
        parked.serve(claim -> {
            if (!ready.waitsIn(claim.claim().queues())) {
                return false;
            }
            if (!(decider.decide(claim.claim(), moment) instanceof Reply.Claimed claimed)
                    || claimed.grants().isEmpty()) {
                return false;
            }
            batch.hold(claim.answer(), asking(claim.claim(), claimed).countedFrom(confirmedAgoMs(claim.sinceNs())));
            return true;
        });
    }

    /** With the leases that its worker is to be asked about; one that leaves is asked nothing. */
    private Reply.Claimed asking(Command.Claim claim, Reply.Claimed claimed) {
        return claim.free() == 0 || !leases.doubts(claim.worker())
                ? claimed
                : claimed.doubting(leases.takeDoubted(claim.worker(), LeaseName.MOST));
    }

    private void park(Command.Claim claim, Inbox.Item item, long nowNs) {
        long untilNs = nowNs + PartitionLoop.ns(item.waitMs());
        parked.add(new ParkedClaims.Parked(claim, item.answer(), nowNs, untilNs));
    }

    /** How long before an instant the right to lead was last confirmed; 0 when it was after it. */
    private long confirmedAgoMs(long instantNs) {
        long nowNs = parts.monotonic().nowNs();
        long agoMs = parts.coordination().confirmedAgoMs(parts.partition(), nowNs);
        return Math.max(0, agoMs - (nowNs - instantNs) / NS_A_MS);
    }

    /**
     * A renewal counts once its batch is through, so that only a leader that is still trusted keeps leases alive. What
     * the worker is told to be lost is not prolonged: it may still be there, taken back.
     */
    private void extend(Command.Renew renew, Reply.Renewed renewed) {
        long untilNs =
                parts.monotonic().nowNs() + PartitionLoop.ns(parts.settings().runTtlMs());
        Set<RunId> lost = Set.copyOf(renewed.lost());
        renew.held().stream()
                .filter(held -> !lost.contains(held.run()))
                .forEach(held -> leases.extend(held.token(), untilNs));
    }
}
