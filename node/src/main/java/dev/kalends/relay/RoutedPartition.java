package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PeerPartition;
import dev.kalends.journal.StoreReader;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Standby;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.Replica;
import dev.kalends.time.MonotonicClock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A partition as any node of a cluster offers it: commands go to whoever leads it, reads are of the replica here,
 * or of another node's where there is none, or one that still catches up.
 *
 * <pre>
 *   led here ------------------------> the partition's own loop
 *   led by another node -------------> HTTP, one step; there the loop or a refusal
 *   led by nobody, or no answer -----> look again, until {@link Patience} ends; then {@code unavailable}
 * </pre>
 *
 * <p>Called from any thread; never blocks but in {@link #refresh}, for a moment in {@link #leaseLeftMs}, and where
 * another node is read, in {@link #asOfMs} and in every read.
 */
public final class RoutedPartition implements PartitionHandle {
    private final LeaderWays ways;
    private final Replica replica;
    private final Standby standby;
    private final PeerWatch watch;
    private final LeaseRests rests;
    private final HolderLine holders;
    private volatile long decidedThroughMs = -1;

    /**
     * What all partitions of a node share.
     *
     * @param standby where it is not all nodes, the replica here is read only once it is current
     */
    public record Shared(
            String self,
            Standby standby,
            Peers peers,
            PeerWatch watch,
            Supplier<Overview> overview,
            MonotonicClock clock) {}

    /** Wraps the partition here. */
    public RoutedPartition(Replica local, Shared shared) {
        this.ways = new LeaderWays(shared.self(), local, shared.peers(), shared.overview(), shared.clock());
        this.replica = local;
        this.standby = shared.standby();
        this.watch = shared.watch();
        this.rests = new LeaseRests(ways, this::reader);
        this.holders = new HolderLine(ways);
    }

    @Override
    public boolean isReadHere() {
        return standby.isAll() || replica.isCurrent();
    }

    @Override
    public boolean held() {
        return replica.held();
    }

    @Override
    public int partition() {
        return ways.partition();
    }

    @Override
    public CompletableFuture<Reply> ask(Command command) {
        if (!CommandCodec.travels(command)) {
            return ways.local().ask(command);
        }
        CommandWay way = new CommandWay(ways, command);
        return ways.local().status().leading() ? hereFirst(way, command) : started(way);
    }

    private CompletableFuture<Reply> hereFirst(CommandWay way, Command command) {
        return ways.local().ask(command).exceptionallyCompose(why -> {
            Throwable cause = why instanceof java.util.concurrent.CompletionException wrapped
                    ? Optional.ofNullable(wrapped.getCause()).orElse(wrapped)
                    : why;
            return cause instanceof ApiException refused && refused.code() == ErrorCode.UNAVAILABLE
                    ? started(way.after(refused))
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private CompletableFuture<Reply> started(CommandWay way) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        try {
            ways.peers().start(() -> complete(answer, way));
        } catch (ApiException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static void complete(CompletableFuture<Reply> answer, CommandWay way) {
        try {
            answer.complete(way.answer());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.completeExceptionally(new ApiException(
                    ErrorCode.UNAVAILABLE,
                    "the node is stopping, the outcome is in doubt; state=stopping",
                    "send the same request again with the same request id: it is done once",
                    1_000));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
        if (ways.local().status().leading()) {
            return ways.local().claim(claim, waitMs);
        }
        try {
            return new ClaimWay(ways, claim, waitMs).start();
        } catch (ApiException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public StoreReader reader() {
        return isReadHere() ? replica.reader() : new RemoteReader(holders);
    }

    @Override
    public boolean refresh(long waitMs) {
        if (ways.local().status().leading()) {
            return true;
        }
        Optional<Member> leader = ways.leader();
        if (leader.isEmpty()) {
            return false;
        }
        long startNs = ways.clock().nowNs();
        try {
            OptionalLong position = ways.peers().position(leader.get(), partition(), waitMs);
            long leftMs = waitMs - TimeUnit.NANOSECONDS.toMillis(ways.clock().nowNs() - startNs);
            position.ifPresent(holders::sawPosition);
            return position.isPresent()
                    && (!isReadHere() || replica.awaitApplied(position.getAsLong(), Math.max(0, leftMs)));
        } catch (PeerException | ApiException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public long asOfMs() {
        if (!isReadHere()) {
            return holders.asOfMs();
        }
        Status local = ways.local().status();
        long appliedMs = ways.local().asOfMs();
        if (local.leading()) {
            return appliedMs;
        }
        // With nothing to apply time goes on all the same: what the leader had when it was asked is all there was then.
        return watch.leading(partition())
                .filter(seen -> local.position() >= seen.partition().position())
                .map(seen -> Math.max(appliedMs, seen.askedAtMs()))
                .orElse(appliedMs);
    }

    /** The condition of the leader, wherever it is; of the replica here when no leader is known. */
    @Override
    public Status status() {
        Status local = ways.local().status();
        if (local.leading()) {
            return local;
        }
        return watch.leading(partition())
                .map(seen -> status(local, seen.partition()))
                .orElse(local);
    }

    private Status status(Status local, PeerPartition at) {
        // What another node holds is read as its leader has it.
        long position = isReadHere() ? local.position() : at.position();
        if (position >= at.position()) {
            decidedThroughMs = Math.max(decidedThroughMs, at.decidedThroughMs());
        }
        return new Status(
                true,
                at.epoch(),
                at.pendingTimers(),
                at.wheelLagMs(),
                decidedThroughMs,
                at.inbox(),
                at.leases(),
                at.parked(),
                position,
                Math.max(local.behind(), at.position() - position),
                at.missedLeft() == null || at.missedEtaMs() == null
                        ? Missed.NONE
                        : new Missed(at.missedLeft(), at.missedEtaMs()),
                at.problem());
    }

    @Override
    public OptionalLong leaseLeftMs(long token) {
        return ways.local().status().leading() ? ways.local().leaseLeftMs(token) : rests.leftMs(token);
    }
}
