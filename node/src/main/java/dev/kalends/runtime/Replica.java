package dev.kalends.runtime;

/** A partition on this node, which may lead it; it never passes anything on to other nodes. */
public interface Replica extends PartitionHandle {
    /** Whether it may lead, and how it fares. */
    Seat seat();

    /** Whether it has come to where the record ended when it began, so that it may be read. */
    boolean isCurrent();

    /**
     * Waits until the store here has come to a position.
     *
     * @return false when the time was over first
     */
    boolean awaitApplied(long position, long waitMs) throws InterruptedException;

    /** Whether it cannot go on at all, so that the node should end; {@link Status#problem} says why. */
    boolean broken();
}
