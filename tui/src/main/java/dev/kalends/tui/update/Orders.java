package dev.kalends.tui.update;

import dev.kalends.api.DeadGroup;
import dev.kalends.api.DeadView;
import dev.kalends.api.JobView;
import dev.kalends.api.NodeView;
import dev.kalends.api.PartitionView;
import dev.kalends.api.RunView;
import dev.kalends.tui.list.Listings;
import dev.kalends.tui.list.PlaceLists;
import dev.kalends.tui.list.RunLists;
import dev.kalends.tui.model.Cursor;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Order.JobRef;
import dev.kalends.tui.model.Order.LeaseRef;
import dev.kalends.tui.model.Order.Letters;
import dev.kalends.tui.model.Order.RunRef;
import dev.kalends.tui.model.View;
import java.util.List;
import java.util.Optional;

/** Orders from what is marked, or from what the cursor is on. */
final class Orders {
    private Orders() {}

    /** The order of a command; empty when there is nothing that it could mean. */
    static Optional<Order> of(Model model, Command command) {
        List<JobRef> jobs = jobs(model);
        List<RunView> runs = runs(model);
        return switch (command) {
            case TRIGGER -> jobs.isEmpty() ? Optional.empty() : Optional.of(new Order.Trigger(jobs.getFirst()));
            case PAUSE -> jobs.isEmpty() ? Optional.empty() : Optional.of(new Order.PauseJobs(jobs));
            case RESUME -> jobs.isEmpty() ? Optional.empty() : Optional.of(new Order.ResumeJobs(jobs));
            case RERUN -> runs.isEmpty() ? Optional.empty() : Optional.of(new Order.Rerun(refs(runs)));
            case RELEASE -> release(runs);
            case REDRIVE -> letters(model).map(letters -> new Order.Redrive(letters, Order.Pace.STRAIGHT));
            case DISCARD -> letters(model).map(Order.Discard::new);
            case STEP_DOWN -> partition(model);
            case DRAIN -> node(model).map(Order.Drain::new);
            case UNDRAIN -> node(model).map(Order.Undrain::new);
            case CANCEL, VIEW, NEXT_VIEW, UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST, PANEL, OPEN -> Optional.empty();
            case BACK, FILTER, COMMAND_LINE, SORT, MARK, COPY, FREEZE, HEAT, HEALTHY -> Optional.empty();
            case ACKNOWLEDGE, REDRAW, HELP, SUSPEND, QUIT -> Optional.empty();
        };
    }

    /** The order to cancel jobs. */
    static Optional<Order> cancelJobs(Model model) {
        List<JobRef> jobs = jobs(model);
        return jobs.isEmpty() ? Optional.empty() : Optional.of(new Order.CancelJobs(jobs));
    }

    /** The order to cancel runs. */
    static Optional<Order> cancelRuns(Model model) {
        List<RunView> runs = runs(model);
        return runs.isEmpty() ? Optional.empty() : Optional.of(new Order.CancelRuns(refs(runs)));
    }

    /** Of those that a worker holds. */
    private static Optional<Order> release(List<RunView> runs) {
        List<LeaseRef> leases = runs.stream()
                .flatMap(run ->
                        Optional.ofNullable(run.lease()).map(lease -> new LeaseRef(run.id(), lease.token())).stream())
                .toList();
        return leases.isEmpty() ? Optional.empty() : Optional.of(new Order.Release(leases));
    }

    /** A node that does not tell of series yet knows of no condition on them either, and refuses it. */
    private static List<RunRef> refs(List<RunView> runs) {
        return runs.stream()
                .map(run ->
                        new RunRef(run.id(), Optional.ofNullable(run.series()).orElse(1)))
                .toList();
    }

    private static List<JobRef> jobs(Model model) {
        return switch (model.place().view()) {
            case JOBS ->
                PlaceLists.jobs(model).chosen(model.place().cursor()).stream()
                        .map(Orders::ref)
                        .toList();
            case JOB ->
                model.data().job().value().map(Data.JobDetail::job).map(Orders::ref).stream()
                        .toList();
            case OVERVIEW, RUNS, LEASES, DEAD, NODES, TENANTS, RUN -> List.of();
        };
    }

    private static JobRef ref(JobView job) {
        return new JobRef(job.id(), PlaceLists.jobName(job), job.generation());
    }

    private static List<RunView> runs(Model model) {
        return Listings.of(model).chosen(model.place().cursor()).stream()
                .filter(RunView.class::isInstance)
                .map(RunView.class::cast)
                .toList();
    }

    /** Marked or single runs where the cursor is among the runs; else the group, whose count the node then tells. */
    private static Optional<Letters> letters(Model model) {
        if (model.place().view() != View.DEAD) {
            return Optional.empty();
        }
        Cursor cursor = model.place().cursors().get(1);
        if (model.place().panel() == 1 || !cursor.marked().isEmpty()) {
            List<String> runs = RunLists.dead(model).chosen(cursor).stream()
                    .map(DeadView::run)
                    .map(RunView::id)
                    .toList();
            String words = runs.size() == 1 ? runs.getFirst() : runs.size() + " chosen runs";
            return runs.isEmpty() ? Optional.empty() : Optional.of(new Letters(words, "", runs, 0));
        }
        return RunLists.groups(model).itemAt(model.place().cursors().getFirst()).map(Orders::letters);
    }

    private static Letters letters(DeadGroup group) {
        return new Letters("All that died of: " + group.error(), group.fingerprint(), List.of(), 0);
    }

    private static Optional<Order> partition(Model model) {
        if (model.place().panel() != 0) {
            return Optional.empty();
        }
        Optional<PartitionView> partition =
                PlaceLists.partitions(model).itemAt(model.place().cursor());
        return partition.flatMap(it ->
                Optional.ofNullable(it.leader()).map(leader -> new Order.StepDown(it.partition(), leader, it.epoch())));
    }

    private static Optional<String> node(Model model) {
        return model.place().panel() != 0
                ? Optional.empty()
                : PlaceLists.nodes(model).itemAt(model.place().cursor()).map(NodeView::node);
    }
}
