package dev.kalends.sim;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One command on its way from the node that got it to whoever leads its partition: by the rules of the relay, step by
 * step. Every try sends the same command; between tries it looks again who leads, until its patience ends.
 */
final class Route {
    private static final long TRY_MS = 3_000;
    private static final long PAUSE_FIRST_MS = 10;
    private static final long PAUSE_MAX_MS = 250;
    private static final long REQUEST_MS = 10_000;
    private static final long RENEW_MS = 1_500;
    private static final long CLAIM_MS = 1_000;
    private static final long LOOK_AGAIN_MS = 50;

    /** A node that does not lead what it is asked about. */
    static final class NotLeader extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotLeader() {
            super("not the leader", null, false, false);
        }
    }

    /** Another node as one that sends it something sees it. */
    record Hop(Network.Trip trip, Supplier<CompletableFuture<Reply>> ask) {}

    /** What the node that got the command knows. */
    interface Known {
        /** The partition's loop here, if it leads. */
        Optional<Supplier<CompletableFuture<Reply>>> here(Command command);

        /** The way to the leader, if another node is known to be that. */
        Optional<Hop> there(Command command, long timeoutMs);
    }

    private final Wiring wiring;
    private final Life life;
    private final long birth;
    private final Known known;
    private final Command command;
    private final long waitMs;
    private final CompletableFuture<Reply> answer = new CompletableFuture<>();
    private final long endMs;
    private long pauseMs = PAUSE_FIRST_MS;

    private Route(Wiring wiring, Life life, Known known, Command command, long waitMs) {
        this.wiring = wiring;
        this.life = life;
        this.birth = life.birth();
        this.known = known;
        this.command = command;
        this.waitMs = waitMs;
        this.endMs = wiring.timeline().elapsedMs() + patienceMs(command) + waitMs;
    }

    /**
     * Sends a command on its way.
     *
     * @param waitMs how long a claim may wait at the leader for work
     */
    static CompletableFuture<Reply> send(Wiring wiring, Life life, Known known, Command command, long waitMs) {
        Route route = new Route(wiring, life, known, command, waitMs);
        route.attempt();
        return route.answer;
    }

    private static long patienceMs(Command command) {
        return switch (command) {
            case Command.Renew _ -> RENEW_MS;
            case Command.Claim _ -> CLAIM_MS;
            case Command.Requested _, Command.Report _ -> REQUEST_MS;
            case Command.Fire _, Command.Wake _, Command.LeaseExpired _, Command.Tend _, Command.Sweep _ -> 0;
        };
    }

    private long leftMs() {
        return endMs - wiring.timeline().elapsedMs();
    }

    private void attempt() {
        if (leftMs() <= 0) {
            answer.completeExceptionally(new ApiException(
                    ErrorCode.UNAVAILABLE, "nobody that leads answers; left=0", "send the same request again", 1_000));
            return;
        }
        Optional<Supplier<CompletableFuture<Reply>>> here = known.here(command);
        Optional<Hop> there =
                here.isPresent() ? Optional.empty() : known.there(command, waitMs + Math.clamp(leftMs(), 1, TRY_MS));
        if (here.isPresent()) {
            CompletableFuture<Reply> _ = here.get().get().whenComplete((reply, problem) -> {
                if (problem == null) {
                    answer.complete(reply);
                } else {
                    failed();
                }
            });
        } else if (there.isPresent()) {
            wiring.network()
                    .call(
                            there.get().trip(),
                            there.get().ask(),
                            reply -> life.run(birth, () -> answer.complete(reply)),
                            () -> life.run(birth, this::failed));
        } else {
            again();
        }
    }

    /** A claim is not idempotent: one that may have been granted is not sent again. */
    private void failed() {
        if (command instanceof Command.Claim) {
            answer.complete(Reply.Claimed.NOTHING);
        } else {
            again();
        }
    }

    private void again() {
        long nextMs = command instanceof Command.Claim ? LOOK_AGAIN_MS : pauseMs;
        life.after(Math.min(nextMs, Math.max(1, leftMs())), this::attempt);
        pauseMs = Math.min(PAUSE_MAX_MS, 2 * pauseMs);
    }
}
