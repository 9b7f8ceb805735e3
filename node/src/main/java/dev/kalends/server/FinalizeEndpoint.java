package dev.kalends.server;

import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PeerStatus;
import dev.kalends.job.JobName;
import dev.kalends.journal.Head;
import dev.kalends.lease.Standing;
import dev.kalends.partition.Command;
import dev.kalends.partition.Deed;
import dev.kalends.relay.PeerWatch;
import dev.kalends.runtime.PartitionHandle;
import java.util.Optional;
import java.util.Set;

/**
 * Ends an upgrade: from then on records of this build's feature level are written, which an older build does not read.
 * Until then every node can go back to the version before.
 */
final class FinalizeEndpoint {
    private final Services services;
    private final Fleet fleet;

    FinalizeEndpoint(Services services, Fleet fleet) {
        this.services = services;
        this.fleet = fleet;
    }

    /** {@code POST /v1/cluster/finalize}; with {@code dryRun=true} it only says whether it could be done. */
    Answer finish(Request request) throws InterruptedException {
        request.query().allow(Set.of("dryRun"));
        int level = Head.FEATURE_LEVEL;
        int before = lowestLevel();
        checkMembers(level);
        if (before == level) {
            return answer("unchanged", "level " + level + " is written already");
        }
        if (request.query().flag("dryRun")) {
            return answer("would_finalize", "level " + before + " to " + level + "; there is no way back");
        }
        String requestId = request.requestId(JobName.DEFAULT_TENANT);
        for (PartitionHandle handle : services.partitions().all()) {
            Partitions.ask(handle, new Command.FinalizeLevel(requestId, level));
        }
        request.did("finalize", "cluster", Deed.EVERY, "level " + before + " to " + level);
        return answer("finalized", "level " + before + " to " + level);
    }

    private static Answer answer(String outcome, String detail) {
        return Answer.ok(new ActionResult("cluster", null, outcome, detail, null));
    }

    private int lowestLevel() {
        return services.partitions().all().stream()
                .mapToInt(handle -> {
                    handle.refresh(Partitions.REFRESH_WAIT_MS);
                    return handle.reader().head().featureLevel();
                })
                .min()
                .orElse(Head.FEATURE_LEVEL);
    }

    private void checkMembers(int level) {
        for (Standing standing : fleet.overview().get().standings()) {
            String id = standing.member().id();
            if (id.equals(fleet.self())) {
                continue;
            }
            Optional<PeerStatus> seen = fleet.watch().seen(id).map(PeerWatch.Seen::status);
            if (seen.isEmpty()) {
                throw new ApiException(
                        ErrorCode.UNAVAILABLE,
                        "a node does not say what it reads; node=" + id,
                        "nothing was changed; look: kalends nodes",
                        1_000);
            }
            if (seen.get().featureLevel() < level) {
                throw new ApiException(
                        ErrorCode.CONFLICT,
                        "a node does not read that level yet; node=" + id + " reads="
                                + seen.get().featureLevel() + " level=" + level + " version="
                                + seen.get().version(),
                        "nothing was changed; upgrade it first, or take it away: kalends nodes");
            }
        }
    }
}
