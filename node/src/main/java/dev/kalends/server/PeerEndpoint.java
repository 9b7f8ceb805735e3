package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.api.PeerLeases;
import dev.kalends.api.PeerPartition;
import dev.kalends.api.PeerStatus;
import dev.kalends.journal.Head;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.relay.CommandCodec;
import dev.kalends.relay.PeerAnswer;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Answers other nodes. What comes here is decided here or refused, never passed on; every answer tells a refusal that
 * certainly changed nothing from one that may have.
 */
final class PeerEndpoint {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int LEASES_BYTES_MAX = 1024 * 1024;
    private static final long NOT_LEADING = -1;
    /** How long a claim may be parked for another node, in milliseconds. */
    private static final long PARK_MAX_MS = 30_000;

    private final Fleet fleet;
    private final NodeFacts facts;
    private final Figures figures;
    private final WorkerRoster roster;
    private final Clocks clocks;

    PeerEndpoint(Fleet fleet, NodeFacts facts, Figures figures, WorkerRoster roster, Clocks clocks) {
        this.fleet = fleet;
        this.facts = facts;
        this.figures = figures;
        this.roster = roster;
        this.clocks = clocks;
    }

    /** {@code POST /v1/peer/partitions/{partition}/commands}. */
    Answer command(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of("waitMs"));
        byte[] body = request.body(CommandCodec.COMMAND_BYTES_MAX);
        PartitionHandle replica = replica(request);
        long waitMs = request.query().number("waitMs", 0, 0, PARK_MAX_MS);
        Command command = CommandCodec.decode(body);
        if (!replica.status().leading()) {
            return answer(new PeerAnswer.NotLeader());
        }
        return answer(
                command instanceof Command.Claim claim
                        ? settled(replica.claim(claim, waitMs), waitMs + Partitions.ANSWER_WAIT_MS)
                        : settled(replica.ask(command), Partitions.ANSWER_WAIT_MS));
    }

    private static Answer answer(PeerAnswer answer) {
        return new Answer.Bytes(PROTOBUF, answer.encode());
    }

    private static PeerAnswer settled(CompletableFuture<Reply> answer, long waitMs) throws InterruptedException {
        try {
            return new PeerAnswer.Replied(answer.get(waitMs, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new PeerAnswer.Failed(
                    new ApiException(
                            ErrorCode.UNAVAILABLE, "the leader did not answer in time; waitedMs=" + waitMs, "", 1_000),
                    true);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused) {
                return new PeerAnswer.Failed(refused, refused.code() == ErrorCode.UNAVAILABLE);
            }
            throw new IllegalStateException("a partition failed to answer", e.getCause());
        }
    }

    /** {@code GET /v1/peer/partitions/{partition}/position}: up to where it is committed; -1 when not led here. */
    Answer position(Request request) {
        request.query().allow(Set.of());
        PartitionHandle replica = replica(request);
        PartitionHandle.Status status = replica.status();
        long position = status.leading() ? status.position() : NOT_LEADING;
        return new Answer.Text(200, TEXT, position + "\n");
    }

    /** {@code POST /v1/peer/partitions/{partition}/leases}. */
    Answer leases(Request request) throws IOException {
        request.query().allow(Set.of());
        PeerLeases asked = Json.readAnswer(PeerLeases.class, request.body(LEASES_BYTES_MAX));
        PartitionHandle replica = replica(request);
        if (asked.tokens().size() > PeerLeases.TOKENS_MAX) {
            throw Field.invalid("too many leases are asked for; tokens="
                    + asked.tokens().size() + " tokensMax=" + PeerLeases.TOKENS_MAX);
        }
        List<Long> leftMs = new ArrayList<>();
        for (Long token : asked.tokens()) {
            leftMs.add(replica.leaseLeftMs(token).stream()
                    .map(left -> Math.max(0, left))
                    .findFirst()
                    .orElse(-1));
        }
        return Answer.ok(new PeerLeases(asked.tokens(), leftMs));
    }

    /** {@code GET /v1/peer/status}. */
    Answer status(Request request) {
        request.query().allow(Set.of("figures"));
        boolean wanted = request.query().flag("figures");
        List<PeerPartition> partitions =
                fleet.replicas().stream().map(this::partition).toList();
        return Answer.ok(new PeerStatus(
                facts.name(),
                facts.version(),
                Head.FEATURE_LEVEL,
                clocks.nowMs(),
                figures.uptimeMs(),
                partitions,
                wanted ? figures.forPeers() : null,
                fleet.standby().isAll() ? null : fleet.standby().toString(),
                wanted ? roster.views() : null,
                facts.tellsAlerts()));
    }

    private PeerPartition partition(PartitionHandle replica) {
        PartitionHandle.Status status = replica.status();
        NodeDuty.@Nullable Trust trust =
                status.leading() ? fleet.duty().trust(replica.partition()).orElse(null) : null;
        return new PeerPartition(
                replica.partition(),
                status.leading(),
                status.epoch(),
                status.position(),
                status.behind(),
                status.pendingTimers(),
                status.wheelLagMs(),
                status.decidedThroughMs(),
                status.inbox(),
                status.leases(),
                status.parked(),
                status.problem(),
                trust == null ? null : trust.leftMs(),
                trust == null ? null : trust.ttlMs(),
                trust == null ? null : trust.renewedAgoMs(),
                status.missed().left(),
                status.missed().etaMs(),
                fleet.standby().isAll() ? null : replica.held());
    }

    private Replica replica(Request request) {
        String number = request.parameter("partition");
        return Optional.of(number)
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .flatMap(fleet::replica)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NOT_FOUND,
                        "no such partition; partition=" + Texts.excerpt(number) + " partitions="
                                + fleet.replicas().size(),
                        "list them: kalends leases --partitions"));
    }
}
