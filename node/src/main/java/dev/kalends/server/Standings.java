package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.MinutesView;
import dev.kalends.api.PartitionView;
import dev.kalends.api.PauseView;
import dev.kalends.api.PeerFigures;
import dev.kalends.api.PeerPartition;
import dev.kalends.api.PeerStatus;
import dev.kalends.api.StatsView;
import dev.kalends.api.WorkerView;
import dev.kalends.need.Need;
import dev.kalends.need.Sight;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How all of it stands, as this node sees it: figures, leaders, workers, and what of that needs a person. */
public final class Standings {
    private final Services services;
    private final NodeFacts facts;
    private final Figures figures;
    private final Workforce workforce;

    public Standings(Services services, NodeFacts facts, Routes.Parts parts) {
        this.services = services;
        this.facts = facts;
        this.figures = parts.figures();
        this.workforce = parts.workforce();
    }

    /** What needs a person, of all tenants; of the leaders alone while a partition that is held elsewhere is silent. */
    public Sight look() throws InterruptedException {
        List<PartitionView> partitions = partitions();
        try {
            StatsView stats = stats(new Scope(Optional.empty(), Principal.admin()));
            return new Sight(Need.of(stats, partitions, workers()), true);
        } catch (ApiException e) {
            return new Sight(Need.ofLeaders(partitions), false);
        }
    }

    List<WorkerView> workers() throws InterruptedException {
        return workforce.views();
    }

    /** The last hour by minutes, of all nodes together. */
    MinutesView minutes() throws InterruptedException {
        MinutesView sum = figures.window().minutes(services.asOf());
        for (PeerStatus peer : workforce.fleet().watch().figures()) {
            MinutesView told = Optional.ofNullable(peer.figures())
                    .map(PeerFigures::minutes)
                    .orElse(null);
            if (told != null) {
                sum = MinuteBook.plus(sum, told);
            }
        }
        return sum;
    }

    /** The figures; skew and rates are of all nodes together, the counts those of the tenant asked for. */
    StatsView stats(Scope scope) throws InterruptedException {
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
        return new StatsView(
                services.asOf(),
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
                pauses(scope));
    }

    /** Pauses of everything and of the tenants asked for; each partition holds the same, so the first one tells. */
    private List<PauseView> pauses(Scope scope) {
        return services.partitions().all().getFirst().reader().pauses().stream()
                .filter(order -> order.tenant().map(scope::sees).orElse(true))
                .map(PauseViews::of)
                .toList();
    }

    /** The leaders, wherever they are. */
    List<PartitionView> partitions() {
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
        return items;
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
}
