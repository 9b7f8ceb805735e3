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
 *
 * <p>A membership that was lost is replaced by a new one without being asked, and with nothing owned: whoever led
 * learns it from {@link #trusted}, and tries again.
 */
public interface Coordination extends AutoCloseable {
    /** Joins as a member; throws {@link CoordinationException} when it cannot be had, saying who has it. */
    void join(Member self);

    /**
     * Says what this node is fit for. Others see it at their next look; when it cannot be said now, it is said later.
     */
    void declare(Fitness fitness);

    /** All that is known now, in one look; throws {@link CoordinationException} when nothing can be seen. */
    Overview look();

    /**
     * Has a hint given whenever something may have changed; the last one given counts. A hint may be late, for nothing,
     * or never come: look from time to time all the same. It is called on foreign threads and must not block.
     */
    void whenChanged(Runnable hint);

    /** Members known now, this one included. */
    default List<Member> members() {
        return look().standings().stream().map(Standing::member).toList();
    }

    /**
     * Takes a partition if nobody owns it.
     *
     * @return whether this member owns it now; also true when it did before
     */
    boolean tryOwn(int partition);

    /** Gives a partition back; no effect when it is not owned. Trust in it ends before this returns, come what may. */
    void release(int partition);

    /** Who owns a partition. */
    Optional<Ownership> owner(int partition);

    /** Whether this node may still act as owner of a partition at a monotonic instant. Never blocks. */
    boolean trusted(int partition, long monotonicNowNs);

    /**
     * How long ago it was last confirmed that this node owns a partition, counted from when that was asked, in
     * milliseconds, rounded up. Nobody else can have taken it before. 0 where ownership does not end. Never blocks.
     */
    long confirmedAgoMs(int partition, long monotonicNowNs);

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
     * @param leftMs how long the ownership is trusted without a renewal; {@link Long#MAX_VALUE} when it does not
     *     expire, 0 when another node owns it
     */
    record Ownership(int partition, Member owner, long leftMs) {}
}
