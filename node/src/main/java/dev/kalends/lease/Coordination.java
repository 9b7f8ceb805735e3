package dev.kalends.lease;

import java.util.List;
import java.util.Optional;

/**
 * Who is alive and who leads which partition. It decides who <em>tries</em>; the journal decides who writes.
 *
 * <p>A live node holds one membership. Owning a partition is a claim made under that membership, if absent; it ends
 * with it. Trust counts from the moment the last confirmed renewal was <em>sent</em>, less a margin, on the monotonic
 * clock. Called from any thread; calls may block for a round trip. Who has not joined, or has left, owns and is trusted
 * with nothing; asking for a partition then throws {@link CoordinationException}.
 */
public interface Coordination extends AutoCloseable {
    /** Joins as a member; throws {@link CoordinationException} when it cannot be had, saying who has it. */
    void join(Member self);

    /** Members known now, this one included. */
    List<Member> members();

    /**
     * Takes a partition if nobody owns it.
     *
     * @return whether this member owns it now; also true when it did before
     */
    boolean tryOwn(int partition);

    /** Gives a partition back; no effect when it is not owned. */
    void release(int partition);

    /** Who owns a partition. */
    Optional<Ownership> owner(int partition);

    /** Whether this node may still act as owner of a partition at a monotonic instant. Never blocks. */
    boolean trusted(int partition, long monotonicNowNs);

    /** Leaves: ends the membership and all ownerships. */
    @Override
    void close();

    /**
     * A node.
     *
     * @param id stable name of the node
     * @param url where it answers
     */
    record Member(String id, String url) {}

    /**
     * A partition's owner.
     *
     * @param leftMs how long the ownership is trusted without a renewal; {@link Long#MAX_VALUE} when it does not expire
     */
    record Ownership(int partition, Member owner, long leftMs) {}
}
