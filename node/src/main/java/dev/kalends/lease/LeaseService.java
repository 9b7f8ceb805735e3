package dev.kalends.lease;

import java.util.List;
import java.util.OptionalLong;

/**
 * A service of leases outside of the node, as {@link LeasedCoordination} uses it: each method is one or two requests.
 *
 * <p>A lease is named by a number that is never used again. Every entry is made under a lease and goes away with it,
 * all entries of a lease at once. Any method throws {@link CoordinationException} when the service does not answer in
 * time or refuses; whether the request took effect is then unknown. Called from any thread.
 */
public interface LeaseService extends AutoCloseable {
    /** The longest text of a member entry, in characters; what is longer is not read. */
    int TEXT_MAX = 8_192;

    /** Begins a lease. */
    Grant grant(long ttlMs);

    /** Renews a lease: how long it lives from now on at least, in milliseconds; empty when the lease is over. */
    OptionalLong renew(long lease);

    /** Enters a member if its id is free or its entry is of this lease already; false when another has it. */
    boolean enter(long lease, String id, String text);

    /** Changes the text of the member that entered under this lease. */
    void describe(long lease, String id, String text);

    /** Takes a partition if it is free or of this lease already; false when another lease has it. */
    boolean take(long lease, int partition, String id);

    /** Frees a partition if it is of this lease. */
    void giveBack(long lease, int partition);

    /** All entries. */
    Entries read();

    /** Ends a lease and all entries under it. */
    void revoke(long lease);

    /** Whom to tell that entries may have changed; called on foreign threads. */
    void watch(Runnable hint);

    /** Lets go of connections; leases that were not revoked live on until they expire. */
    @Override
    void close();

    /** A lease and how long it lives without a renewal, which may be more than was asked for. */
    record Grant(long lease, long ttlMs) {}

    record Entries(List<MemberEntry> members, List<PartitionEntry> partitions) {}

    record MemberEntry(String id, long lease, String text) {}

    record PartitionEntry(int partition, long lease, String id) {}
}
