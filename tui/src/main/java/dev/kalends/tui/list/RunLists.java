package dev.kalends.tui.list;

import dev.kalends.api.DeadGroup;
import dev.kalends.api.DeadPage;
import dev.kalends.api.DeadView;
import dev.kalends.api.RunView;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Timed;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.Sparks;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists of runs: the slowest ones, all, those with leases, a job's, the dead ones and their groups. */
public final class RunLists {
    private static final List<String> RUNNING_ORDERS = List.of("longest running", "lease left", "skew");
    private static final List<String> LEASE_ORDERS = List.of("seconds left", "worker", "job");
    private static final List<String> RUN_ORDERS = List.of("newest", "skew", "state");
    private static final List<String> GROUP_ORDERS = List.of("count", "last", "first");
    private static final int GROUPED_MAX = 2_000;

    private RunLists() {}

    /** What is executing, by what the person wants first. */
    static Listing<RunView> running(Model model) {
        Timed<List<RunView>> read = model.data().leases();
        RunCells cells = new RunCells(model, read);
        int order = model.place().sort() % RUNNING_ORDERS.size();
        Comparator<RunView> by = switch (order) {
            case 0 -> Comparator.comparingLong(cells::startedMs);
            case 1 -> Comparator.comparingLong(cells::leftMs);
            default -> Comparator.comparingLong(RunLists::skewMs).reversed();
        };
        return new Listing<>(
                "SLOWEST RUNNING",
                RUNNING_ORDERS.get(order),
                nothing(read, "nothing is running"),
                sorted(model, read.value(), by),
                RunView::id,
                RunView::id,
                cells.running());
    }

    /** What is executing, with its lease in full. */
    static Listing<RunView> leases(Model model) {
        Timed<List<RunView>> read = model.data().leases();
        RunCells cells = new RunCells(model, read);
        int order = model.place().sort() % LEASE_ORDERS.size();
        Comparator<RunView> left = Comparator.comparingLong(cells::leftMs);
        Comparator<RunView> by = switch (order) {
            case 0 -> left;
            case 1 ->
                Comparator.<RunView, String>comparing(run -> text(run.worker())).thenComparing(left);
            default ->
                Comparator.<RunView, String>comparing(run -> text(run.jobName()))
                        .thenComparing(left);
        };
        return new Listing<>(
                "RUN LEASES " + Figures.count(read.value().size()),
                LEASE_ORDERS.get(order),
                nothing(read, "no run is leased"),
                sorted(model, read.value(), by),
                RunView::id,
                RunView::id,
                List.of(
                        Column.fixed("RUN", 17, cells::id),
                        Column.wide("JOB", 14, cells::job),
                        Column.fixed("TRY", 5, cells::attempt),
                        Column.fixed("LEFT OF 15s", 17, cells::left),
                        Column.number("TOKEN", 9, cells::token),
                        Column.spare("WORKER", 14, cells::worker),
                        Column.spare("BY", 10, cells::grantedBy)));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Runs of all jobs. */
    static Listing<RunView> runs(Model model) {
        Timed<List<RunView>> read = model.data().runs();
        int order = model.place().sort() % RUN_ORDERS.size();
        Comparator<RunView> by = switch (order) {
            case 0 -> Comparator.comparing(RunView::dueAt).reversed();
            case 1 -> Comparator.comparingLong(RunLists::skewMs).reversed();
            default -> Comparator.comparing(RunView::state).thenComparing(RunView::dueAt);
        };
        List<RunView> items = sorted(model, read.value(), by);
        return new Listing<>(
                "RUNS " + Figures.count(items.size()),
                RUN_ORDERS.get(order),
                nothing(read, "no run matches"),
                items,
                RunView::id,
                RunView::id,
                columns(new RunCells(model, read)));
    }

    private static List<Column<RunView>> columns(RunCells cells) {
        return List.of(
                Column.fixed("RUN", 17, cells::id),
                Column.wide("JOB", 14, cells::job),
                Column.fixed("STATE", 12, run -> RunCells.stateWord(run.state())),
                Column.fixed("TRY", 5, cells::attempt),
                Column.fixed("SKEW", 9, cells::skew),
                Column.fixed("TOOK", 8, cells::running),
                Column.spare("WORKER", 12, cells::worker),
                Column.spare("ERROR", 24, cells::error));
    }

    /** The last runs of the job that is shown. */
    static Listing<RunView> ofJob(Model model) {
        Timed<Optional<Data.JobDetail>> read = model.data().job();
        RunCells cells = new RunCells(model, read);
        List<RunView> runs = read.value().map(Data.JobDetail::runs).orElse(List.of());
        return new Listing<>(
                "RUNS " + Figures.count(runs.size()),
                "newest",
                nothing(read, "it never ran"),
                sorted(model, runs, Comparator.comparing(RunView::dueAt).reversed()),
                RunView::id,
                RunView::id,
                List.of(
                        Column.fixed("DUE", 12, cells::nominal),
                        Column.fixed("STATE", 12, run -> RunCells.stateWord(run.state())),
                        Column.fixed("TRY", 5, cells::attempt),
                        Column.fixed("SKEW", 9, cells::skew),
                        Column.fixed("TOOK", 8, cells::running),
                        Column.wide("ERROR", 12, cells::error),
                        Column.spare("WORKER", 12, cells::worker)));
    }

    /** The one run of the view of a run. */
    static Listing<RunView> single(Model model) {
        Timed<Optional<Data.RunDetail>> read = model.data().run();
        List<RunView> items = read.value().map(Data.RunDetail::run).stream().toList();
        return new Listing<>("RUN", "", nothing(read, "no such run"), items, RunView::id, RunView::id, List.of());
    }

    /** Dead letters by what killed them. */
    public static Listing<DeadGroup> groups(Model model) {
        Timed<Optional<DeadPage>> read = model.data().dead();
        RunCells cells = new RunCells(model, read);
        int order = model.place().sort() % GROUP_ORDERS.size();
        Comparator<DeadGroup> by = switch (order) {
            case 0 -> Comparator.comparingLong(DeadGroup::count).reversed();
            case 1 -> Comparator.comparing(DeadGroup::lastAt).reversed();
            default -> Comparator.comparing(DeadGroup::firstAt);
        };
        String filter = model.place().filter();
        List<DeadGroup> items = read.value().map(DeadPage::groups).orElse(List.of()).stream()
                .filter(group -> Listing.has(filter, group.error(), String.join(" ", group.jobs())))
                .sorted(by.thenComparing(DeadGroup::fingerprint))
                .toList();
        long all = items.stream().mapToLong(DeadGroup::count).sum();
        return new Listing<>(
                "DEAD LETTERS " + Figures.count(all) + " in " + items.size()
                        + (items.size() == 1 ? " group" : " groups"),
                GROUP_ORDERS.get(order),
                nothing(read, "no dead letters"),
                items,
                DeadGroup::fingerprint,
                DeadGroup::error,
                List.of(
                        Column.number("COUNT", 6, group -> Span.warn(Figures.count(group.count()))),
                        Column.wide("ERROR", 20, group -> Span.of(group.error())),
                        Column.fixed("JOB", 22, group -> Span.of(jobs(group))),
                        Column.fixed("LAST", 11, group -> Span.of(cells.moment(group.lastAt()))),
                        Column.spare("LAST HOUR", 12, group -> Span.of(lastHour(group))),
                        Column.spare("FIRST", 11, group -> Span.dim(cells.moment(group.firstAt())))));
    }

    /** How many died in each five minutes; an older node does not tell. */
    private static String lastHour(DeadGroup group) {
        List<Long> died = group.lastHour();
        return died == null
                ? ""
                : Sparks.of(died.stream().mapToLong(Long::longValue).toArray());
    }

    private static String jobs(DeadGroup group) {
        String first = group.jobs().isEmpty() ? "" : group.jobs().getFirst();
        return group.jobs().size() < 2 ? first : first + " +" + (group.jobs().size() - 1);
    }

    /** The dead letters of the group under the cursor. */
    public static Listing<DeadView> dead(Model model) {
        Timed<Optional<DeadPage>> read = model.data().dead();
        RunCells cells = new RunCells(model, read);
        Optional<DeadGroup> group = groups(model).itemAt(model.place().cursors().getFirst());
        List<DeadView> items = group.isEmpty()
                ? List.of()
                : read.value().map(DeadPage::items).orElse(List.of()).stream()
                        .filter(letter ->
                                letter.fingerprint().equals(group.get().fingerprint()))
                        .sorted(Comparator.comparing(DeadView::diedAt).reversed())
                        .limit(GROUPED_MAX)
                        .toList();
        return new Listing<>(
                "RUNS OF THE GROUP",
                "newest",
                group.isEmpty() ? "" : "not among the letters that were read",
                items,
                letter -> letter.run().id(),
                letter -> letter.run().id(),
                List.of(
                        Column.fixed("RUN", 17, letter -> cells.id(letter.run())),
                        Column.wide("JOB", 14, letter -> cells.job(letter.run())),
                        Column.fixed("DIED", 11, letter -> Span.of(cells.moment(letter.diedAt()))),
                        Column.fixed("TRY", 5, letter -> cells.attempt(letter.run())),
                        Column.spare("ERROR", 24, letter -> Span.dim(letter.error()))));
    }

    private static long skewMs(RunView run) {
        Long skewMs = run.skewMs();
        return skewMs == null ? -1 : skewMs;
    }

    private static List<RunView> sorted(Model model, List<RunView> runs, Comparator<RunView> by) {
        String filter = model.place().filter();
        return runs.stream()
                .filter(run -> Listing.has(filter, run.id(), RunCells.jobName(run), run.state(), run.tenant()))
                .sorted(by.thenComparing(RunView::id))
                .toList();
    }

    private static String nothing(Timed<?> read, String words) {
        return read.wasRead() ? words : "reading…";
    }
}
