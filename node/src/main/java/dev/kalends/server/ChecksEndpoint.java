package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.CheckView;
import dev.kalends.api.ChecksPage;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Standing;
import dev.kalends.relay.PeerException;
import dev.kalends.schedule.InstantText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What the nodes find out about what they depend on: each of its own connections, asked all at once. */
final class ChecksEndpoint {
    /** Kafka's silence takes a node some seconds to be sure of. */
    private static final long TOLD_WITHIN_MS = 30_000;

    private final Fleet fleet;
    private final Clocks clocks;

    ChecksEndpoint(Fleet fleet, Clocks clocks) {
        this.fleet = fleet;
        this.clocks = clocks;
    }

    /** {@code GET /v1/peer/checks}. */
    Answer own(Request request) {
        request.query().allow(Set.of());
        List<CheckView> checks = fleet.duty().checks();
        // Read at the end, so that a client that compares clocks does not take the time of the checks for a difference.
        return Answer.ok(new ChecksPage(InstantText.format(clocks.nowMs()), checks));
    }

    /** {@code GET /v1/checks}. */
    Answer all(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        Map<String, Future<List<CheckView>>> askedByNode = new LinkedHashMap<>();
        for (Standing standing : fleet.overview().get().standings()) {
            Member node = standing.member();
            if (!node.id().equals(fleet.self())) {
                askedByNode.put(
                        node.id(),
                        fleet.peers()
                                .submit(() -> fleet.peers()
                                        .checks(node, TOLD_WITHIN_MS)
                                        .items()));
            }
        }
        List<CheckView> items = new ArrayList<>(fleet.duty().checks());
        for (Map.Entry<String, Future<List<CheckView>>> asked : askedByNode.entrySet()) {
            try {
                items.addAll(asked.getValue().get());
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (!(cause instanceof PeerException || cause instanceof ApiException)) {
                    throw new IllegalStateException("a node could not be asked; node=" + asked.getKey(), e);
                }
                items.add(new CheckView(
                        asked.getKey(),
                        "peer",
                        "fail",
                        String.valueOf(cause.getMessage()),
                        "see whether it runs: kalends nodes"));
            }
        }
        return Answer.ok(new ChecksPage(InstantText.format(clocks.nowMs()), items));
    }
}
