package dev.kalends.tui.list;

import dev.kalends.api.DeadGroup;
import dev.kalends.api.DeadPage;
import dev.kalends.api.JobView;
import dev.kalends.api.NodeView;
import dev.kalends.api.PartitionView;
import dev.kalends.api.StatsView;
import dev.kalends.api.TenantView;
import dev.kalends.api.WorkerView;
import dev.kalends.need.Need;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Timed;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.Spans;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists of what is not a run: needs, jobs, partitions, nodes, workers, tenants. */
public final class PlaceLists {
    /** Leases with more of their time left than this part are in good health. */
    private static final double HEALTHY_PART = 0.3;

    private static final List<String> JOB_ORDERS = List.of("name", "next fire", "state");
    private static final long CLOCK_OFFSET_MS = 250;
    private static final int BAR = 10;

    private PlaceLists() {}

    /** What needs a person and was not acknowledged. */
    public static Listing<Need> needs(Model model) {
        List<Need> all = allNeeds(model);
        List<Need> items = all.stream()
                .filter(need -> !model.toggles().acknowledged().contains(need.code()))
                .toList();
        int hidden = all.size() - items.size();
        String quiet = hidden == 0 ? "nothing needs you" : hidden + " acknowledged, nothing else needs you";
        return new Listing<>(
                "NEEDS YOU" + (items.isEmpty() ? "" : " (" + items.size() + ")"),
                "",
                model.data().stats().wasRead() ? quiet : "reading…",
                items,
                Need::code,
                Need::what,
                List.of(
                        Column.fixed(
                                "", 16, need -> Span.warn("! " + need.code().replace('_', ' '))),
                        Column.wide("", 30, need -> Span.of(what(model, need))),
                        Column.spare("", 24, need -> Span.dim(need.todo()))));
    }

    /** What is the matter; of dead letters also what most of them died of, as far as it was read. */
    private static String what(Model model, Need need) {
        List<DeadGroup> groups =
                model.data().dead().value().map(DeadPage::groups).orElse(List.of());
        if (!need.code().equals("dead_letters") || groups.isEmpty()) {
            return need.what();
        }
        DeadGroup most = groups.getFirst();
        String job = most.jobs().isEmpty() ? "" : most.jobs().getFirst() + " ";
        return need.what() + ", " + Figures.count(most.count()) + " of them " + job + "\"" + most.error() + "\"";
    }

    /** What needs a person, acknowledged or not. */
    public static List<Need> allNeeds(Model model) {
        Optional<StatsView> stats = model.data().stats().value();
        return stats.map(value -> Need.of(
                        value,
                        model.data().partitions().value(),
                        model.data().workers().value()))
                .orElse(List.of());
    }

    /** Jobs; the node narrows them, here they are only put in order. */
    public static Listing<JobView> jobs(Model model) {
        Timed<Data.Jobs> read = model.data().jobs();
        RunCells cells = new RunCells(model, read);
        int order = model.place().sort() % JOB_ORDERS.size();
        Comparator<JobView> by = switch (order) {
            case 0 -> Comparator.comparing(PlaceLists::jobName);
            case 1 -> Comparator.comparing(job -> job.nextFireAt() == null ? "~" : job.nextFireAt());
            default -> Comparator.comparing(JobView::state);
        };
        List<JobView> items = read.value().items().stream()
                .filter(job -> Listing.has(model.place().filter(), jobName(job), job.id()))
                .sorted(by.thenComparing(JobView::id))
                .toList();
        return new Listing<>(
                "JOBS " + Figures.count(items.size()) + (read.value().more() ? "+" : ""),
                JOB_ORDERS.get(order),
                read.wasRead() ? "no job matches" : "reading…",
                items,
                JobView::id,
                PlaceLists::jobName,
                List.of(
                        Column.wide("JOB", 16, job -> Span.of(jobName(job))),
                        Column.fixed("STATE", 11, job -> jobState(job.state())),
                        Column.fixed("NEXT", 12, job -> next(model, job)),
                        Column.fixed("LAST RUN", 12, PlaceLists::lastRun),
                        Column.fixed("SCHEDULE", 20, job -> Span.of(schedule(job))),
                        Column.spare("TENANT", 10, job -> Span.of(job.tenant())),
                        Column.spare("QUEUE", 10, job -> Span.of(job.queue())),
                        Column.spare("ID", 13, job -> Span.dim(job.id())),
                        Column.spare(
                                "LAST ERROR",
                                20,
                                job -> job.lastRun() == null ? Span.EMPTY : cells.error(job.lastRun()))));
    }

    /** A job's name, or its id when it has none. */
    public static String jobName(JobView job) {
        return job.name() == null ? job.id() : job.name();
    }

    private static Span jobState(String state) {
        return state.equals("paused") ? Span.warn("❚ paused") : Span.of(state);
    }

    private static Span next(Model model, JobView job) {
        long atMs = Spans.ofRfc3339(job.nextFireAt());
        return atMs < 0
                ? Span.dim(Spans.NONE)
                : Span.of(Spans.relative(atMs, model.shownAt().wallMs()));
    }

    private static Span lastRun(JobView job) {
        return job.lastRun() == null
                ? Span.dim(Spans.NONE)
                : RunCells.stateWord(job.lastRun().state());
    }

    /** A schedule in words, or in its own when there are none. */
    public static String schedule(JobView job) {
        String words = job.schedule().words();
        if (words != null) {
            return words;
        }
        String cron = job.schedule().cron();
        String at = job.schedule().at();
        return cron != null ? cron : at != null ? at : job.schedule().type();
    }

    /** Partitions, the one whose lease ends first on top; those in good health only when asked for. */
    public static Listing<PartitionView> partitions(Model model) {
        Timed<List<PartitionView>> read = model.data().partitions();
        List<PartitionView> all = read.value().stream()
                .sorted(Comparator.<PartitionView>comparingLong(partition -> leftMs(model, partition))
                        .thenComparingInt(PartitionView::partition))
                .toList();
        boolean few = all.size() <= 16;
        List<PartitionView> items = model.toggles().healthy() || few
                ? all
                : all.stream().filter(partition -> !isHealthy(model, partition)).toList();
        int hidden = all.size() - items.size();
        return new Listing<>(
                "PARTITION LEASES " + all.size() + (hidden == 0 ? "" : ", " + hidden + " healthy (H shows)"),
                "seconds left",
                read.wasRead() ? "all healthy" : "reading…",
                items,
                partition -> Integer.toString(partition.partition()),
                partition -> "partition " + partition.partition(),
                List.of(
                        Column.number("PART", 4, partition -> Span.of(Integer.toString(partition.partition()))),
                        Column.wide("LEADER", 10, PlaceLists::leader),
                        Column.number("EPOCH", 8, partition -> Span.of(Long.toString(partition.epoch()))),
                        Column.fixed("LEFT", 19, partition -> left(model, partition)),
                        Column.number("WHEEL LAG", 9, partition -> Span.of("+" + Spans.brief(partition.wheelLagMs()))),
                        Column.spare("DUE", 8, partition -> Span.of(Figures.count(partition.due()))),
                        Column.spare("RENEWED", 9, partition -> renewed(partition.renewedAgoMs()))));
    }

    private static Span leader(PartitionView partition) {
        return partition.leader() == null ? Span.warn("nobody") : Span.of(partition.leader());
    }

    private static Span renewed(@Nullable Long agoMs) {
        return agoMs == null ? Span.dim(Spans.NONE) : Span.of(Spans.brief(agoMs));
    }

    /** What is left of a partition's lease now; a partition without leader comes first, one without lease last. */
    public static long leftMs(Model model, PartitionView partition) {
        if (partition.leader() == null) {
            return Long.MIN_VALUE;
        }
        Long left = partition.leftMs();
        return left == null
                ? Long.MAX_VALUE
                : left
                        - (model.shownAt().elapsedMs()
                                - model.data().partitions().atMs());
    }

    /** Whether nothing is to be said of a partition. */
    public static boolean isHealthy(Model model, PartitionView partition) {
        Long ttl = partition.ttlMs();
        return partition.leader() != null && (ttl == null || leftMs(model, partition) > ttl * HEALTHY_PART);
    }

    private static Span left(Model model, PartitionView partition) {
        Long ttl = partition.ttlMs();
        if (partition.leader() == null) {
            return Span.warn("no leader");
        }
        return ttl == null ? Span.dim("held by this node") : RunCells.bar(leftMs(model, partition), ttl, BAR);
    }

    /** Nodes. */
    public static Listing<NodeView> nodes(Model model) {
        Timed<List<NodeView>> read = model.data().nodes();
        List<NodeView> items = read.value().stream()
                .filter(node -> Listing.has(model.place().filter(), node.node(), node.state()))
                .sorted(Comparator.comparing(NodeView::node))
                .toList();
        return new Listing<>(
                "NODES " + items.size(),
                "",
                read.wasRead() ? "no node matches" : "reading…",
                items,
                NodeView::node,
                NodeView::node,
                List.of(
                        Column.wide("NODE", 12, node -> Span.of(node.node())),
                        Column.fixed("STATE", 10, node -> nodeState(node.state())),
                        Column.number(
                                "LEADS",
                                5,
                                node -> Span.of(Integer.toString(node.leads().size()))),
                        Column.number(
                                "LAG", 6, node -> Span.of(node.lag() == null ? Spans.NONE : Figures.count(node.lag()))),
                        Column.number("CLOCK", 9, node -> clock(node.clockOffsetMs())),
                        Column.fixed("UP", 9, node -> up(model, node)),
                        Column.fixed("VERSION", 8, node -> RunCells.orNone(node.version())),
                        Column.spare("URL", 24, node -> Span.dim(node.url())),
                        Column.spare(
                                "REASON", 20, node -> node.reason() == null ? Span.EMPTY : Span.warn(node.reason()))));
    }

    private static Span nodeState(String state) {
        return state.equals("fit") ? new Span("● fit", Tone.GOOD) : Span.warn("! " + state);
    }

    private static Span clock(@Nullable Long offsetMs) {
        if (offsetMs == null) {
            return Span.dim(Spans.NONE);
        }
        String text = (offsetMs < 0 ? "" : "+") + Spans.brief(offsetMs);
        return Math.abs(offsetMs) > CLOCK_OFFSET_MS ? Span.warn(text + " !") : Span.of(text);
    }

    private static Span up(Model model, NodeView node) {
        long sinceMs = Spans.ofRfc3339(node.upSince());
        return sinceMs < 0
                ? Span.dim(Spans.NONE)
                : Span.of(Spans.brief(Math.max(0, model.shownAt().wallMs() - sinceMs)));
    }

    /** Workers. */
    public static Listing<WorkerView> workers(Model model) {
        Timed<List<WorkerView>> read = model.data().workers();
        List<WorkerView> items = read.value().stream()
                .filter(worker -> Listing.has(model.place().filter(), worker.id(), worker.state()))
                .sorted(Comparator.comparing(WorkerView::id))
                .toList();
        return new Listing<>(
                "WORKERS " + items.size(),
                "",
                read.wasRead() ? "no worker" : "reading…",
                items,
                WorkerView::id,
                WorkerView::id,
                List.of(
                        Column.wide("WORKER", 16, worker -> Span.of(worker.id())),
                        Column.fixed("STATE", 10, worker -> workerState(worker.state())),
                        Column.fixed("BUSY", 9, worker -> Span.of(worker.running() + "/" + worker.slots())),
                        Column.fixed("SEEN", 9, worker -> Span.of(Spans.brief(worker.seenAgoMs()))),
                        Column.fixed("QUEUES", 14, worker -> Span.of(String.join(",", worker.queues()))),
                        Column.spare("ISOLATION", 12, worker -> Span.dim(worker.isolation())),
                        Column.spare("VERSION", 8, worker -> Span.dim(worker.version()))));
    }

    private static Span workerState(String state) {
        return state.equals("live") ? new Span("● live", Tone.GOOD) : Span.warn("! " + state);
    }

    /** Tenants. */
    public static Listing<TenantView> tenants(Model model) {
        Timed<List<TenantView>> read = model.data().tenants();
        List<TenantView> items = read.value().stream()
                .filter(tenant -> Listing.has(model.place().filter(), tenant.name()))
                .sorted(Comparator.comparing(TenantView::name))
                .toList();
        return new Listing<>(
                "TENANTS " + items.size(),
                "",
                read.wasRead() ? "no tenant" : "reading…",
                items,
                TenantView::name,
                TenantView::name,
                List.of(
                        Column.wide("TENANT", 16, tenant -> Span.of(tenant.name())),
                        Column.number("SCHEDULED", 12, tenant -> count(tenant.scheduled())),
                        Column.number("RUNNING", 9, tenant -> count(tenant.running())),
                        Column.number("DEAD", 9, tenant -> dead(tenant.dead())),
                        Column.number(
                                "SUBMIT RATE",
                                12,
                                tenant -> Span.of(
                                        tenant.submitsPerSec() == null ? "unlimited" : tenant.submitsPerSec() + "/s")),
                        Column.number(
                                "BURST",
                                7,
                                tenant -> Span.of(
                                        tenant.burst() == null
                                                ? Spans.NONE
                                                : tenant.burst().toString()))));
    }

    private static Span count(@Nullable Long count) {
        return count == null ? Span.dim(Spans.NONE) : Span.of(Figures.count(count));
    }

    private static Span dead(@Nullable Long count) {
        return count != null && count > 0 ? Span.warn("! " + Figures.count(count)) : count(count);
    }
}
