package dev.kalends.tui.list;

import dev.kalends.tui.model.Model;

/** Which lists a view has. */
public final class Listings {
    private Listings() {}

    /** The list of a panel of the present view. */
    public static Listing<?> of(Model model, int panel) {
        return switch (model.place().view()) {
            case OVERVIEW -> panel == 0 ? PlaceLists.needs(model) : RunLists.running(model);
            case JOBS -> PlaceLists.jobs(model);
            case RUNS -> RunLists.runs(model);
            case LEASES -> panel == 0 ? PlaceLists.partitions(model) : RunLists.leases(model);
            case DEAD -> panel == 0 ? RunLists.groups(model) : RunLists.dead(model);
            case NODES -> panel == 0 ? PlaceLists.nodes(model) : PlaceLists.workers(model);
            case TENANTS -> PlaceLists.tenants(model);
            case JOB -> RunLists.ofJob(model);
            case RUN -> RunLists.single(model);
        };
    }

    /** The list that has the cursor. */
    public static Listing<?> of(Model model) {
        return of(model, model.place().panel());
    }
}
