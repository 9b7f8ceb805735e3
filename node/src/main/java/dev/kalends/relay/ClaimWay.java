package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * One claim on its way to the leader of a partition, where it may be parked.
 *
 * <p>A claim is not idempotent: one whose answer was lost is not sent again but answered with nothing. What it may have
 * been granted goes to nobody; it comes back when the worker is asked about it, or its lease ends.
 */
final class ClaimWay {
    /** Longest park at another node in one go: a node that died takes no grants beyond that. */
    static final long SLICE_MS = 10_000;
    /** Most grants in one relayed answer, which thereby has a bound. */
    static final int FREE_MAX = 100;

    private static final long LOOK_AGAIN_MS = 20;

    private final LeaderWays ways;
    private final Command.Claim claim;
    private final CompletableFuture<Reply> answer = new CompletableFuture<>();
    private final long endNs;

    ClaimWay(LeaderWays ways, Command.Claim claim, long waitMs) {
        this.ways = ways;
        this.claim = new Command.Claim(claim.worker(), claim.queues(), Math.min(FREE_MAX, claim.free()), claim.noops());
        this.endNs = ways.clock().nowNs() + TimeUnit.MILLISECONDS.toNanos(Math.min(SLICE_MS, waitMs));
    }

    CompletableFuture<Reply> start() {
        ways.peers().start(this::run);
        return answer;
    }

    private void run() {
        try {
            Optional<Reply> reply = attempt();
            while (reply.isEmpty()) {
                pause();
                reply = attempt();
            }
            answer.complete(reply.get());
        } catch (ApiException e) {
            answer.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.complete(Reply.Claimed.NOTHING);
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** What was granted, which may be nothing; empty to try again. */
    private Optional<Reply> attempt() throws InterruptedException {
        if (ways.local().status().leading()) {
            return Optional.of(here());
        }
        Optional<Member> leader = ways.leader();
        if (leader.isEmpty()) {
            return unlessOver("nobody leads it");
        }
        try {
            return there(leader.get());
        } catch (PeerException e) {
            return switch (e.sent()) {
                case NO -> unlessOver(String.valueOf(e.getMessage()));
                case PERHAPS -> Optional.of(Reply.Claimed.NOTHING);
            };
        }
    }

    private Reply here() throws InterruptedException {
        try {
            return ways.local().claim(claim, leftMs()).get(leftMs() + Patience.REQUEST_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Reply.Claimed.NOTHING;
        } catch (ExecutionException e) {
            throw ways.refusal(e);
        }
    }

    private Optional<Reply> there(Member leader) throws PeerException, InterruptedException {
        PeerAnswer told = ways.peers().ask(new Peers.Way(leader, ways.partition(), leftMs(), Patience.CLAIM_MS), claim);
        return switch (told) {
            case PeerAnswer.Replied replied -> Optional.of(replied.reply());
            case PeerAnswer.Failed failed -> throw failed.why();
            case PeerAnswer.NotLeader _ -> unlessOver("node " + leader.id() + " does not lead it any more, or not yet");
        };
    }

    private Optional<Reply> unlessOver(String why) {
        if (leftMs() > 0) {
            return Optional.empty();
        }
        throw new ApiException(
                ErrorCode.UNAVAILABLE,
                "partition " + ways.partition() + " has no leader that answers: " + why + "; worker=" + claim.worker(),
                "claim again in a moment",
                1_000);
    }

    private long leftMs() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(endNs - ways.clock().nowNs()));
    }

    private void pause() throws InterruptedException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(LOOK_AGAIN_MS, leftMs())));
        if (Thread.interrupted()) {
            throw new InterruptedException("the node is stopping");
        }
    }
}
