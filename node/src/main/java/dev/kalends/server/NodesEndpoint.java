package dev.kalends.server;

import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.api.NodePage;
import dev.kalends.api.NodeView;
import dev.kalends.api.PeerPartition;
import dev.kalends.api.PeerStatus;
import dev.kalends.journal.Head;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Standing;
import dev.kalends.partition.Deed;
import dev.kalends.relay.ClockOffsets;
import dev.kalends.relay.ClockVerdict;
import dev.kalends.relay.PeerException;
import dev.kalends.relay.PeerWatch;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.InstantText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what is asked of the nodes: list, drain, step down. Passes on what another node has to do, once. */
final class NodesEndpoint {
    private static final long FORWARD_TIMEOUT_MS = 10_000;
    private static final String FORWARDED = "forwarded";

    private final Fleet fleet;
    private final NodeFacts facts;
    private final Figures figures;
    private final Clocks clocks;

    NodesEndpoint(Fleet fleet, NodeFacts facts, Figures figures, Clocks clocks) {
        this.fleet = fleet;
        this.facts = facts;
        this.figures = figures;
        this.clocks = clocks;
    }

    /** {@code GET /v1/nodes}. */
    Answer list(Request request) {
        request.query().allow(Set.of());
        Overview overview = fleet.overview().get();
        List<NodeView> items = new ArrayList<>();
        for (Standing standing : overview.standings()) {
            items.add(standing.member().id().equals(fleet.self()) ? own(standing) : other(standing, overview));
        }
        return Answer.ok(new NodePage(InstantText.format(clocks.nowMs()), fleet.self(), items));
    }

    private NodeView own(Standing standing) {
        ClockVerdict clock = fleet.watch().clockVerdict(ClockVerdict.TOLERANCE_MS);
        long lag = fleet.replicas().stream()
                .mapToLong(replica -> replica.status().behind())
                .max()
                .orElse(0);
        return new NodeView(
                standing.member().id(),
                standing.member().url(),
                facts.version(),
                Head.FEATURE_LEVEL,
                state(standing.fitness()),
                standing.fitness().unfitBecause().orElse(null),
                fleet.replicas().stream()
                        .filter(replica -> replica.status().leading())
                        .map(PartitionHandle::partition)
                        .toList(),
                lag,
                0L,
                clock.text().isEmpty() ? null : clock.text(),
                InstantText.format(clocks.nowMs() - figures.uptimeMs()),
                fleet.standby().isAll() ? null : held(),
                fleet.standby().isAll() ? null : fleet.standby().toString());
    }

    private List<Integer> held() {
        return fleet.replicas().stream()
                .filter(PartitionHandle::held)
                .map(PartitionHandle::partition)
                .toList();
    }

    /** What a node says that it holds; null when it holds all, or was not heard. */
    private static @Nullable List<Integer> held(Optional<PeerStatus> seen) {
        return seen.filter(status -> status.standby() != null)
                .map(status -> status.partitions().stream()
                        .filter(PeerPartition::holds)
                        .map(PeerPartition::partition)
                        .toList())
                .orElse(null);
    }

    private NodeView other(Standing standing, Overview overview) {
        Member member = standing.member();
        Optional<PeerStatus> seen = fleet.watch().seen(member.id()).map(PeerWatch.Seen::status);
        Map<String, ClockOffsets.Sample> offsets = fleet.watch().clockOffsets();
        return new NodeView(
                member.id(),
                member.url(),
                seen.map(PeerStatus::version).orElse(null),
                seen.map(PeerStatus::featureLevel).orElse(null),
                seen.isPresent() ? state(standing.fitness()) : "silent",
                standing.fitness().unfitBecause().orElse(null),
                led(standing, overview),
                seen.map(NodesEndpoint::lag).orElse(null),
                Optional.ofNullable(offsets.get(member.id()))
                        .map(ClockOffsets.Sample::certainMs)
                        .orElse(null),
                null,
                seen.map(status -> InstantText.format(status.wallMs() - status.uptimeMs()))
                        .orElse(null),
                held(seen),
                seen.map(PeerStatus::standby).orElse(null));
    }

    private static long lag(PeerStatus status) {
        return status.partitions().stream().mapToLong(PeerPartition::lag).max().orElse(0);
    }

    private static String state(Fitness fitness) {
        return fitness.unfitBecause()
                .map(why -> why.equals(Fitness.DRAINING) ? "draining" : "unfit")
                .orElse("fit");
    }

    private static List<Integer> led(Standing standing, Overview overview) {
        return overview.ownerByPartition().entrySet().stream()
                .filter(entry -> entry.getValue().equals(standing.member().id()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** {@code POST /v1/nodes/{node}/drain}. */
    Answer drain(Request request) throws InterruptedException {
        return duty(request, "drain", () -> fleet.duty().drain(), "draining");
    }

    /** {@code POST /v1/nodes/{node}/undrain}. */
    Answer undrain(Request request) throws InterruptedException {
        return duty(request, "undrain", () -> fleet.duty().undrain(), "undrained");
    }

    private Answer duty(Request request, String word, Runnable work, String outcome) throws InterruptedException {
        request.query().allow(Set.of(FORWARDED));
        String name = request.parameter("node");
        Member node = fleet.overview()
                .get()
                .standing(name)
                .map(Standing::member)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NOT_FOUND,
                        "no such node, or it is not alive; node=" + Texts.excerpt(name),
                        "list them: kalends nodes"));
        noted(request, word, "node " + node.id());
        if (!node.id().equals(fleet.self())) {
            return forwarded(request, node, "/v1/nodes/" + encoded(name) + "/" + word);
        }
        work.run();
        return Answer.ok(new ActionResult(name, null, outcome, null, null));
    }

    /** By the node that was asked, not once more by the one that it passes it on to. */
    private static void noted(Request request, String verb, String subject) {
        if (!request.query().flag(FORWARDED)) {
            request.did(verb, subject, Deed.EVERY, "");
        }
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code POST /v1/partitions/{partition}/step-down}. */
    Answer stepDown(Request request) throws InterruptedException {
        request.query().allow(Set.of(FORWARDED));
        int partition = partition(request.parameter("partition"));
        noted(request, "step-down", "partition " + partition);
        if (fleet.replicas().get(partition).status().leading()) {
            fleet.duty().stepDown(partition);
            String detail = "partition " + partition + " is given back by node " + fleet.self();
            return Answer.ok(new ActionResult(Integer.toString(partition), null, "stepping_down", detail, null));
        }
        Member leader = fleet.overview()
                .get()
                .owner(partition)
                .map(Standing::member)
                .filter(member -> !member.id().equals(fleet.self()))
                .orElseThrow(() -> new ApiException(
                        ErrorCode.UNAVAILABLE,
                        "nobody leads this partition now; partition=" + partition,
                        "look again in a moment: kalends leases --partitions",
                        1_000));
        return forwarded(request, leader, "/v1/partitions/" + partition + "/step-down");
    }

    private int partition(String text) {
        boolean known = text.matches("\\d{1,4}")
                && fleet.replica(Integer.parseInt(text)).isPresent();
        if (!known) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND,
                    "no such partition; partition=" + Texts.excerpt(text) + " partitions="
                            + fleet.replicas().size(),
                    "list them: kalends leases --partitions");
        }
        return Integer.parseInt(text);
    }

    private Answer forwarded(Request request, Member to, String path) throws InterruptedException {
        if (request.query().flag(FORWARDED)) {
            throw new ApiException(
                    ErrorCode.UNAVAILABLE,
                    "this is another node's to do, and who that is changes just now; node=" + to.id(),
                    "try again in a moment",
                    1_000);
        }
        try {
            byte[] told = fleet.peers().forward(to, path + "?" + FORWARDED + "=true", FORWARD_TIMEOUT_MS);
            return Answer.ok(Json.readAnswer(ActionResult.class, told));
        } catch (PeerException e) {
            throw new ApiException(
                    ErrorCode.UNAVAILABLE,
                    String.valueOf(e.getMessage()),
                    switch (e.sent()) {
                        case NO -> "nothing was changed; look whether it runs";
                        case PERHAPS -> "it may have heard it; look: kalends nodes";
                    });
        }
    }
}
