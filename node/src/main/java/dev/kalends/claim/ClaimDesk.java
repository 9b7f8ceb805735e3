package dev.kalends.claim;

import dev.kalends.job.LeaseId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.time.MonotonicClock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gets work for the workers that speak to this node. Each worker has an {@link Account} of the slots that it said are
 * free; they are lent to the partitions, never one slot twice, so a fleet is never granted more than it can take.
 *
 * <pre>
 *   claim, 16 free ---> one slot or more waits at each leader (half of the slots in all)
 *                  ---> the other half goes to where a ticket or the last answer says that more waits
 *   a leader grants --> the worker's claim is answered; what comes while it is away waits for its next claim
 * </pre>
 *
 * <p>Called from any thread, never blocks.
 */
public final class ClaimDesk {
    /** Workers that said nothing for this long are forgotten. */
    private static final long FORGOTTEN_AFTER_NS = 60_000_000_000L;

    private static final int SWEEP_ABOVE = 64;

    private final Parts parts;
    private final Map<String, Account> accountByWorker = new ConcurrentHashMap<>();
    private volatile boolean retired;

    /** Asks a partition for work, wherever it is led. */
    @FunctionalInterface
    public interface Asked {
        /**
         * Claims of one partition.
         *
         * @param waitMs how long the claim may wait for work there, 0 = not at all
         */
        CompletableFuture<Reply> claim(int partition, Command.Claim claim, long waitMs);
    }

    /**
     * What a desk works with.
     *
     * @param grantAgeMaxNs grants that nobody fetched for longer are not given out: their leases are about to end
     */
    public record Parts(int partitions, Asked asked, RunQueue queue, MonotonicClock clock, long grantAgeMaxNs) {}

    /**
     * What a claim is answered with.
     *
     * @param ageMs how long before the claim the oldest of these leases may have begun
     * @param doubted leases that leaders want to know the worker's word on
     */
    public record Got(List<Reply.Granted> grants, long ageMs, List<LeaseId> doubted) {
        /** No work. */
        public static final Got NOTHING = new Got(List.of(), 0, List.of());
    }

    public ClaimDesk(Parts parts) {
        this.parts = parts;
    }

    /**
     * A worker's claim. It has one at a time: an earlier one that still waits is answered with nothing. Whoever
     * completes the answer takes the claim back; what is granted meanwhile waits for the worker's next one.
     *
     * @param claim with the free slots; none = the worker takes its leave: it gets what was granted already, once it is
     *     certain that no more comes
     * @param waitMs how long slots wait at the partitions for this claim
     */
    public CompletableFuture<Got> claim(Command.Claim claim, long waitMs) {
        sweep();
        Account account = accountByWorker.compute(
                claim.worker(),
                (worker, known) -> known != null && known.queues().equals(claim.queues())
                        ? known
                        : new Account(parts, worker, claim.queues()));
        if (retired) {
            account.retire();
        }
        return account.claim(claim.free(), waitMs);
    }

    /**
     * The node leaves: all slots are taken back from the partitions. Claims get what was granted already, once it is
     * certain that no more comes, and then nothing.
     */
    public void retire() {
        retired = true;
        accountByWorker.values().forEach(Account::retire);
    }

    /** Whether {@link #retire} was called. */
    public boolean isRetired() {
        return retired;
    }

    /** Whether nothing is lent, and nothing that was granted waits for its worker. */
    public boolean atRest() {
        return accountByWorker.values().stream().allMatch(Account::atRest);
    }

    /** Answers a worker's waiting claim at once, and takes its slots back from the partitions: it wants no more. */
    public void takeBack(String worker) {
        Account account = accountByWorker.get(worker);
        if (account != null) {
            account.takeBack();
        }
    }

    private void sweep() {
        if (accountByWorker.size() > SWEEP_ABOVE) {
            long nowNs = parts.clock().nowNs();
            accountByWorker.values().removeIf(account -> account.restsSince(nowNs - FORGOTTEN_AFTER_NS));
        }
    }
}
