package dev.kalends.server;

import dev.kalends.api.LeaseView;
import dev.kalends.api.MinutesView;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.PartitionView;
import dev.kalends.api.PauseView;
import dev.kalends.api.PeerFigures;
import dev.kalends.api.PeerPartition;
import dev.kalends.api.PeerStatus;
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
    private final Workforce workforce;

    StatsEndpoint(Services services, NodeFacts facts, Figures figures, Workforce workforce) {
        this.services = services;
        this.facts = facts;
        this.figures = figures;
        this.workforce = workforce;
    }

    /** {@code GET /v1/stats}; skew and rates are of all nodes together, the counts those of the tenant asked for. */
    Answer stats(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        Scope scope = request.scope();
        Figures.Counted counted = figures.counted(scope);
        StatsSum sum = figures.window().sum();
        long leaderChanges = figures.leaderChanges();
        for (PeerStatus peer : workforce.fleet().watch().figures()) {
            PeerFigures told = peer.figures();
            if (told != null) {
                sum = sum.plus(told);
                leaderChanges += told.leaderChanges();
            }
        }
        return Answer.ok(new StatsView(
                now(),
                facts.name(),
                facts.version(),
                facts.mode(),
                figures.uptimeMs(),
                new StatsView.Precision(facts.tickMs(), facts.loadEveryMs()),
                counted.jobs(),
                counted.runs(),
                sum.skew(services.meters().sloMs()),
                sum.rates(),
                figures.queueDepth(scope),
                counted.dead(),
                leaderChanges,
                figures.ledger().last(),
                pauses(scope)));
    }

    /** {@code GET /v1/stats/minutes}: the last hour by minutes, of all nodes together. */
    Answer minutes(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        MinutesView sum = figures.window().minutes(services.asOf());
        for (PeerStatus peer : workforce.fleet().watch().figures()) {
            MinutesView told = Optional.ofNullable(peer.figures())
                    .map(PeerFigures::minutes)
                    .orElse(null);
            if (told != null) {
                sum = MinuteBook.plus(sum, told);
            }
        }
        return Answer.ok(sum);
    }

    /** Pauses of everything and of the tenants asked for; each partition holds the same, so the first one tells. */
    private List<PauseView> pauses(Scope scope) {
        return services.partitions().all().getFirst().reader().pauses().stream()
                .filter(order -> order.tenant().map(scope::sees).orElse(true))
                .map(PauseViews::of)
                .toList();
    }

    /** {@code GET /v1/leases/partitions}: the leaders, wherever they are. */
    Answer partitions(Request request) {
        request.query().allow(Set.of());
        List<PartitionView> items = new ArrayList<>();
        for (PartitionHandle replica : workforce.fleet().replicas()) {
            int partition = replica.partition();
            PartitionHandle.Status own = replica.status();
            items.add(
                    own.leading()
                            ? led(partition, own)
                            : workforce
                                    .fleet()
                                    .watch()
                                    .leading(partition)
                                    .map(seen -> led(seen.node(), seen.partition(), holders(partition)))
                                    .orElseGet(() -> silent(partition, own, holders(partition))));
        }
        return Answer.ok(new PartitionPage(InstantText.format(services.clocks().nowMs()), items));
    }

    private PartitionView led(int partition, PartitionHandle.Status status) {
        NodeDuty.@Nullable Trust trust =
                workforce.fleet().duty().trust(partition).orElse(null);
        return new PartitionView(
                partition,
                facts.name(),
                status.epoch(),
                trust == null ? null : trust.leftMs(),
                trust == null ? null : trust.ttlMs(),
                trust == null ? null : trust.renewedAgoMs(),
                status.pendingTimers(),
                status.wheelLagMs(),
                status.missed().left() == 0 ? null : status.missed().left(),
                status.missed().left() == 0 ? null : status.missed().etaMs(),
                holders(partition));
    }

    private @Nullable List<String> holders(int partition) {
        return workforce.fleet().holders(partition).orElse(null);
    }

    private static PartitionView led(String node, PeerPartition told, @Nullable List<String> holders) {
        return new PartitionView(
                told.partition(),
                node,
                told.epoch(),
                told.leftMs(),
                told.ttlMs(),
                told.renewedAgoMs(),
                told.pendingTimers(),
                told.wheelLagMs(),
                told.missedLeft() == null || told.missedLeft() == 0 ? null : told.missedLeft(),
                told.missedLeft() == null || told.missedLeft() == 0 ? null : told.missedEtaMs(),
                holders);
    }

    /** A partition whose owner, if there is one, has not begun to lead or does not answer. */
    private static PartitionView silent(int partition, PartitionHandle.Status status, @Nullable List<String> holders) {
        return new PartitionView(partition, null, status.epoch(), null, null, null, 0, 0, null, null, holders);
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
        return Answer.ok(new WorkerPage(now(), workforce.views()));
    }

    private String now() {
        return services.asOf();
    }
}
