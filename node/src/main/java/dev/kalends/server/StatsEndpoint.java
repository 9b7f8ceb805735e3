package dev.kalends.server;

import dev.kalends.api.LeaseView;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.PartitionView;
import dev.kalends.api.PauseView;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.api.StatsView;
import dev.kalends.api.WorkerPage;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.InstantText;
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
    private final Figures figures;
    private final WorkerRoster roster;

    StatsEndpoint(Services services, NodeFacts facts, Figures figures, WorkerRoster roster) {
        this.services = services;
        this.facts = facts;
        this.figures = figures;
        this.roster = roster;
    }

    /** {@code GET /v1/stats}; skew, rates and ledger are the node's, the counts those of the tenant asked for. */
    Answer stats(Request request) {
        request.query().allow(Set.of());
        Scope scope = request.scope();
        Figures.Counted counted = figures.counted(scope);
        return Answer.ok(new StatsView(
                now(),
                facts.name(),
                facts.version(),
                facts.mode(),
                figures.uptimeMs(),
                new StatsView.Precision(facts.tickMs(), facts.loadEveryMs()),
                counted.jobs(),
                counted.runs(),
                figures.window().skew(),
                figures.window().rates(),
                figures.queueDepth(scope),
                counted.dead(),
                figures.leaderChanges(),
                figures.ledger().last(),
                pauses(scope)));
    }

    /** Pauses of everything and of the tenants asked for; each partition holds the same, so the first one tells. */
    private List<PauseView> pauses(Scope scope) {
        return services.partitions().all().getFirst().reader().pauses().stream()
                .filter(order -> order.tenant().map(scope::sees).orElse(true))
                .map(PauseViews::of)
                .toList();
    }

    /** {@code GET /v1/leases/partitions}. */
    Answer partitions(Request request) {
        request.query().allow(Set.of());
        List<PartitionView> items = new ArrayList<>();
        for (PartitionHandle handle : services.partitions().all()) {
            PartitionHandle.Status status = handle.status();
            @Nullable String leader = status.leading() ? facts.name() : null;
            items.add(new PartitionView(
                    handle.partition(),
                    leader,
                    status.epoch(),
                    null,
                    null,
                    null,
                    status.pendingTimers(),
                    status.wheelLagMs()));
        }
        return Answer.ok(new PartitionPage(now(), items));
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

    /** {@code GET /v1/workers}. */
    Answer workers(Request request) {
        request.query().allow(Set.of());
        return Answer.ok(new WorkerPage(now(), roster.views()));
    }

    private String now() {
        return InstantText.format(services.clocks().nowMs());
    }
}
