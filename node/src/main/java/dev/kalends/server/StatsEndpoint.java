package dev.kalends.server;

import dev.kalends.api.LeaseView;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.api.WorkerPage;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what is asked of the node: stats, leases, workers. */
final class StatsEndpoint {
    private static final int LEASES_MAX = 10_000;

    private final Services services;
    private final NodeFacts facts;
    private final Standings standing;

    StatsEndpoint(Services services, NodeFacts facts, Standings standing) {
        this.services = services;
        this.facts = facts;
        this.standing = standing;
    }

    /** {@code GET /v1/stats}. */
    Answer stats(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        return Answer.ok(standing.stats(request.scope()));
    }

    /** {@code GET /v1/stats/minutes}. */
    Answer minutes(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        return Answer.ok(standing.minutes());
    }

    /** {@code GET /v1/leases/partitions}: the leaders, wherever they are. */
    Answer partitions(Request request) {
        request.query().allow(Set.of());
        return Answer.ok(new PartitionPage(now(), standing.partitions()));
    }

    /** {@code GET /v1/leases/runs}: what is executing now. */
    Answer runs(Request request) {
        request.query().allow(Set.of("limit", "after", "leftUnder"));
        Scope scope = request.scope();
        int limit = (int) request.query().number("limit", LEASES_MAX, 1, LEASES_MAX);
        Optional<Long> leftUnderMs = request.query().one("leftUnder").map(text -> Field.duration("leftUnder", text, 0));
        Optional<RunId> after = request.query().one("after").flatMap(RunId::parse);
        List<RunView> items = new ArrayList<>();
        @Nullable String next = null;
        for (PartitionHandle handle : services.partitions().all()) {
            boolean passed =
                    after.map(run -> run.job().partition() > handle.partition()).orElse(false);
            if (passed || items.size() == limit) {
                continue;
            }
            Views views = new Views(handle, facts.name(), services.clocks().nowMs());
            Optional<RunId> from = after.filter(run -> run.job().partition() == handle.partition());
            List<Run> runs = handle.reader()
                    .openRuns(
                            from,
                            run -> run.state() == RunState.LEASED
                                    && scope.sees(run.route().tenant()),
                            limit - items.size());
            runs.stream()
                    .map(views::run)
                    .filter(view -> endsWithin(view, leftUnderMs))
                    .forEach(items::add);
            next = items.size() == limit ? items.getLast().id() : null;
        }
        return Answer.ok(new RunPage(now(), items, next));
    }

    private static boolean endsWithin(RunView view, Optional<Long> leftUnderMs) {
        LeaseView lease = view.lease();
        Long leftMs = lease == null ? null : lease.leftMs();
        return leftUnderMs.isEmpty() || (leftMs != null && leftMs < leftUnderMs.get());
    }

    /** {@code GET /v1/workers}: those of all nodes. */
    Answer workers(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        return Answer.ok(new WorkerPage(now(), standing.workers()));
    }

    private String now() {
        return services.asOf();
    }
}
