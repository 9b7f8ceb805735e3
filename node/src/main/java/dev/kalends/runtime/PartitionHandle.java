package dev.kalends.runtime;

import dev.kalends.journal.StoreReader;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.concurrent.CompletableFuture;

/** A partition as its callers see it, from any thread. */
public interface PartitionHandle {
    /** Its number, from 0. */
    int partition();

    /**
     * Asks for something. The future completes after the commit, exceptionally with
     * {@link dev.kalends.api.ApiException}: {@code unavailable} when there is no leader or the outcome is in doubt,
     * {@code throttled} when the inbox is full.
     */
    CompletableFuture<Reply> ask(Command command);

    /**
     * Claims work; parks up to {@code waitMs} while there is none. The future completes with {@link Reply.Claimed},
     * empty when the wait was over.
     */
    CompletableFuture<Reply> claim(Command.Claim claim, long waitMs);

    /**
     * Committed state, for listings and views. Where another node leads it may be a little old. Where this node
     * holds no replica it reads another node's, and throws {@link dev.kalends.api.ApiException}, {@code unavailable},
     * when none answers.
     */
    StoreReader reader();

    /** Whether this node holds a replica of it. */
    default boolean held() {
        return true;
    }

    /** Whether {@link #reader} reads a replica of this node: it holds one that has caught up, or all nodes hold all. */
    default boolean isReadHere() {
        return held();
    }

    /**
     * Waits until {@link #reader} has everything that was committed before this call. Returns at once where this node
     * leads.
     *
     * @param waitMs longest wait
     * @return whether it has; false when no leader can be asked, or it takes longer: what is read then may be old
     */
    boolean refresh(long waitMs);

    /**
     * The instant, in UTC milliseconds, of which {@link #reader} shows everything: now where this node leads; 0 = not
     * known.
     */
    long asOfMs();

    /** What is known of it now. */
    Status status();

    /** Milliseconds left of a lease, by its token; empty when there is no such lease. */
    java.util.OptionalLong leaseLeftMs(long token);

    /**
     * A partition's condition.
     *
     * @param leading whether it is decided for now: by this node, or for a handle that finds the leader by some node
     * @param pendingTimers timers in the wheel
     * @param wheelLagMs how late the last timers were decided
     * @param decidedThroughMs no fire due at or before this instant waits to be decided, as far as the leader knows; it
     *     may lie ahead; -1 when it does not lead
     * @param inbox commands that wait
     * @param position of the last batch that is applied here
     * @param behind how far the record is known to go on beyond that, in positions; 0 for a leader
     * @param missed what is still to be made up for
     * @param problem why it does not lead; empty when it does
     */
    record Status(
            boolean leading,
            long epoch,
            int pendingTimers,
            long wheelLagMs,
            long decidedThroughMs,
            int inbox,
            int leases,
            int parked,
            long position,
            long behind,
            Missed missed,
            String problem) {}

    /**
     * Fires that came due while nobody could fire and are still to be decided, a portion at a time.
     *
     * @param left how many jobs have some
     * @param etaMs how long it will take at the pace so far; -1 while that is not known
     */
    record Missed(long left, long etaMs) {
        /** There are none. */
        public static final Missed NONE = new Missed(0, 0);
    }
}
