package dev.kalends.tui.model;

import dev.kalends.api.DeadPage;
import dev.kalends.api.ForecastView;
import dev.kalends.api.JobView;
import dev.kalends.api.NodeView;
import dev.kalends.api.PartitionView;
import dev.kalends.api.RunView;
import dev.kalends.api.StatsView;
import dev.kalends.api.TenantView;
import dev.kalends.api.WorkerView;
import java.util.List;
import java.util.Optional;

/** Everything that was read from the nodes, each with when. */
public record Data(
        Timed<Optional<StatsView>> stats,
        Timed<List<PartitionView>> partitions,
        Timed<List<NodeView>> nodes,
        Timed<List<WorkerView>> workers,
        Timed<List<RunView>> leases,
        Timed<Optional<ForecastView>> forecast,
        Timed<Jobs> jobs,
        Timed<List<RunView>> runs,
        Timed<Optional<DeadPage>> dead,
        Timed<List<TenantView>> tenants,
        Timed<Optional<JobDetail>> job,
        Timed<Optional<RunDetail>> run,
        Pulse pulse) {
    /** Nothing was read yet. */
    public static final Data NONE = new Data(
            Timed.never(Optional.empty()),
            Timed.never(List.of()),
            Timed.never(List.of()),
            Timed.never(List.of()),
            Timed.never(List.of()),
            Timed.never(Optional.empty()),
            Timed.never(new Jobs(List.of(), false)),
            Timed.never(List.of()),
            Timed.never(Optional.empty()),
            Timed.never(List.of()),
            Timed.never(Optional.empty()),
            Timed.never(Optional.empty()),
            Pulse.NONE);

    /** Without what was of one job or one run: another place is opened. */
    public Data withoutDetails() {
        return new Data(
                stats,
                partitions,
                nodes,
                workers,
                leases,
                forecast,
                jobs,
                runs,
                dead,
                tenants,
                Timed.never(Optional.empty()),
                Timed.never(Optional.empty()),
                pulse);
    }

    /** The first jobs of the list; {@code more} when there are others. */
    public record Jobs(List<JobView> items, boolean more) {}

    /** A job with its last runs, the newest first. */
    public record JobDetail(JobView job, List<RunView> runs) {}

    /** A run with the tail of what its attempts wrote. */
    public record RunDetail(RunView run, String output, boolean outputCut) {}
}
