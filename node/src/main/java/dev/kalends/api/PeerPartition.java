package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One partition as one node sees it.
 *
 * @param leading whether that node decides for it
 * @param position up to where its replica has applied the journal
 * @param lag how far the replica is behind what is known of the journal, in positions
 * @param problem why it does not lead; empty when it does
 * @param leftMs how long it trusts its leadership without another renewal; null when that does not expire, or it does
 *     not lead
 * @param ttlMs how long it lasts after a renewal
 * @param renewedAgoMs when it was renewed last
 * @param missedLeft jobs whose missed fires are still to be decided
 * @param missedEtaMs how long that will take; -1 while it is not known
 * @param held whether that node holds a replica; null where all nodes hold all
 */
@Json
public record PeerPartition(
        int partition,
        boolean leading,
        long epoch,
        long position,
        long lag,
        int pendingTimers,
        long wheelLagMs,
        long decidedThroughMs,
        int inbox,
        int leases,
        int parked,
        String problem,
        @Nullable Long leftMs,
        @Nullable Long ttlMs,
        @Nullable Long renewedAgoMs,
        @Nullable Long missedLeft,
        @Nullable Long missedEtaMs,
        @Nullable Boolean held) {
    /** Whether that node holds a replica of it. */
    public boolean holds() {
        return held == null || held;
    }
}
