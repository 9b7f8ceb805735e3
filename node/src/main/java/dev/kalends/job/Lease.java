package dev.kalends.job;

/**
 * The right of one worker to execute one attempt, until it expires.
 *
 * @param token the fencing token: rises with every lease of a partition, never reused
 * @param worker the worker's id
 * @param grantedMs wall clock of the grant, for people; expiry is measured on the leader's monotonic clock
 * @param released somebody took it back: no renewal prolongs it any more
 */
public record Lease(long token, String worker, long grantedMs, boolean released) {
    /** A lease as it is granted. */
    public Lease(long token, String worker, long grantedMs) {
        this(token, worker, grantedMs, false);
    }

    /** The same lease, taken back. */
    Lease takenBack() {
        return new Lease(token, worker, grantedMs, true);
    }
}
