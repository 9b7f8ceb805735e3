package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * One command on its way to whoever leads its partition: asks, and asks again until it is answered or {@link Patience}
 * ends. Every try sends the same command, which is answered once however often it arrives; so a try whose answer was
 * lost is safe to repeat, and only its end has to say that the outcome is in doubt.
 *
 * <p>Blocks; on a thread of its own.
 */
final class CommandWay {
    /** One try at another node: one that is frozen must not use up the time in which its successor answers. */
    static final long TRY_MAX_MS = 3_000;

    private static final long PAUSE_FIRST_MS = 10;
    private static final long PAUSE_MAX_MS = 250;

    private final LeaderWays ways;
    private final Command command;
    private final long startNs;
    private boolean inDoubt;
    private String last = "nobody leads it";

    CommandWay(LeaderWays ways, Command command) {
        this.ways = ways;
        this.command = command;
        this.startNs = ways.clock().nowNs();
    }

    /** A try by the partition here has ended without an answer. */
    CommandWay after(ApiException failed) {
        note(failed, true);
        return this;
    }

    /** The answer; throws {@link ApiException} when it was refused, or {@code unavailable} when there is none. */
    Reply answer() throws InterruptedException {
        long pauseMs = PAUSE_FIRST_MS;
        while (true) {
            Optional<Reply> reply = attempt();
            if (reply.isPresent()) {
                return reply.get();
            }
            long leftMs = leftMs();
            if (leftMs <= 0) {
                throw unavailable();
            }
            pause(Math.min(pauseMs, leftMs));
            pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2);
        }
    }

    private Optional<Reply> attempt() throws InterruptedException {
        if (ways.local().status().leading()) {
            return here(ways.local());
        }
        Optional<Member> leader = ways.leader();
        return leader.isPresent() ? there(leader.get()) : Optional.empty();
    }

    private Optional<Reply> here(PartitionHandle local) throws InterruptedException {
        try {
            return Optional.of(local.ask(command).get(Math.max(1, leftMs()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            inDoubt = true;
            last = "this node did not answer in time";
            return Optional.empty();
        } catch (ExecutionException e) {
            note(ways.refusal(e), true);
            return Optional.empty();
        }
    }

    private Optional<Reply> there(Member leader) throws InterruptedException {
        try {
            long timeoutMs = Math.clamp(leftMs(), 1, TRY_MAX_MS);
            Peers.Way way = new Peers.Way(leader, ways.partition(), 0, timeoutMs);
            return switch (ways.peers().ask(way, command)) {
                case PeerAnswer.Replied replied -> Optional.of(replied.reply());
                case PeerAnswer.Failed failed -> {
                    note(failed.why(), failed.inDoubt());
                    yield Optional.empty();
                }
                case PeerAnswer.NotLeader _ -> {
                    last = "node " + leader.id() + " does not lead it any more, or not yet";
                    yield Optional.empty();
                }
            };
        } catch (PeerException e) {
            inDoubt |= e.sent() == PeerException.Sent.PERHAPS;
            last = String.valueOf(e.getMessage());
            return Optional.empty();
        } catch (ApiException e) {
            note(e, true);
            return Optional.empty();
        }
    }

    /** Goes on after {@code unavailable}; any other refusal is the answer. */
    private void note(ApiException why, boolean perhaps) {
        if (why.code() != ErrorCode.UNAVAILABLE) {
            throw why;
        }
        inDoubt |= perhaps;
        last = why.message();
    }

    private long leftMs() {
        long passedMs = TimeUnit.NANOSECONDS.toMillis(ways.clock().nowNs() - startNs);
        return Patience.of(command) - passedMs;
    }

    private static void pause(long ms) throws InterruptedException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
        if (Thread.interrupted()) {
            throw new InterruptedException("the node is stopping");
        }
    }

    private ApiException unavailable() {
        String where = "partition " + ways.partition();
        String outcome = inDoubt
                ? where + " did not answer in time, the outcome is in doubt: " + last
                : where + " has no leader that answers, nothing was changed: " + last;
        return new ApiException(
                ErrorCode.UNAVAILABLE,
                outcome + "; waitedMs=" + Patience.of(command),
                inDoubt
                        ? "send the same request again with the same request id: it is done once"
                        : "try again in a moment; who leads: kalends leases --partitions",
                1_000);
    }
}
