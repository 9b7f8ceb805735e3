package dev.kalends.server;

import java.time.ZoneId;
import java.util.List;

/** The route table: every address that the node answers, with the permission that it needs. */
public final class Routes {
    private final List<Route> all;

    /**
     * What some routes need beyond the services.
     *
     * @param machineZone where local times without a zone are read
     */
    public record Parts(
            WorkerEndpoint worker,
            WorkerRoster roster,
            Figures figures,
            RedrivePacer pacer,
            HealthEndpoint health,
            BackupTarget backup,
            ZoneId machineZone) {}

    public Routes(Services services, NodeFacts facts, Parts parts) {
        DraftReader drafts = new DraftReader(services.clocks(), parts.machineZone());
        SubmitRates rates = new SubmitRates(services);
        JobEndpoint jobs = new JobEndpoint(services, facts, drafts, rates);
        PauseEndpoint pauses = new PauseEndpoint(services);
        EditEndpoint edits = new EditEndpoint(services, drafts);
        BackfillEndpoint backfills = new BackfillEndpoint(services);
        RunEndpoint runs = new RunEndpoint(services, facts);
        DeadEndpoint dead = new DeadEndpoint(services, facts, parts.pacer());
        StatsEndpoint stats = new StatsEndpoint(services, facts, parts.figures(), parts.roster());
        TenantEndpoint tenants = new TenantEndpoint(services, rates);
        WorkerRoutes worker = new WorkerRoutes(parts.worker());
        this.all = List.of(
                new Route("POST", "/v1/jobs", Permission.WRITE, jobs::submit),
                new Route("POST", "/v1/jobs:bulk", Permission.WRITE, new BulkEndpoint(services, drafts, rates)::submit),
                new Route("GET", "/v1/jobs", Permission.READ, new JobListing(services, facts)::list),
                new Route("GET", "/v1/export", Permission.READ, new ExportEndpoint(services)::export),
                new Route("GET", "/v1/jobs/{job}", Permission.READ, jobs::show),
                new Route("GET", "/v1/jobs/{job}/next", Permission.READ, new NextEndpoint(services)::next),
                new Route("GET", "/v1/jobs/{job}/why", Permission.READ, new WhyEndpoint(services, facts)::why),
                new Route("DELETE", "/v1/jobs/{job}", Permission.WRITE, jobs::cancel),
                new Route("POST", "/v1/jobs/{job}/trigger", Permission.WRITE, jobs::trigger),
                new Route("POST", "/v1/jobs:pause", Permission.WRITE, pauses::pause),
                new Route("POST", "/v1/jobs:resume", Permission.WRITE, pauses::resume),
                new Route("POST", "/v1/jobs/{job}/edit", Permission.WRITE, edits::edit),
                new Route("POST", "/v1/jobs/{job}/backfill", Permission.WRITE, backfills::begin),
                new Route("DELETE", "/v1/jobs/{job}/backfill", Permission.WRITE, backfills::cancel),
                new Route(
                        "POST",
                        "/v1/simulate",
                        Permission.READ,
                        new SimulateEndpoint(services, drafts, parts.roster())::simulate),
                new Route("GET", "/v1/runs", Permission.READ, new RunListing(services, facts)::list),
                new Route("GET", "/v1/runs/{run}", Permission.READ, runs::show),
                new Route("GET", "/v1/runs/{run}/output", Permission.READ, runs::output),
                new Route("GET", "/v1/runs/{run}/wait", Permission.READ, new WaitEndpoint(services, facts)::await),
                new Route("DELETE", "/v1/runs/{run}", Permission.WRITE, runs::cancel),
                new Route("POST", "/v1/runs/{run}/rerun", Permission.WRITE, runs::rerun),
                new Route("GET", "/v1/dead", Permission.READ, dead::list),
                new Route("POST", "/v1/dead/redrive", Permission.WRITE, dead::redrive),
                new Route("POST", "/v1/dead/discard", Permission.WRITE, dead::discard),
                new Route("GET", "/v1/leases/partitions", Permission.READ, stats::partitions),
                new Route("GET", "/v1/leases/runs", Permission.READ, stats::runs),
                new Route("GET", "/v1/workers", Permission.READ, stats::workers),
                new Route("GET", "/v1/stats", Permission.READ, stats::stats),
                new Route("GET", "/v1/forecast", Permission.READ, new ForecastEndpoint(services)::forecast),
                new Route("GET", "/v1/tenants", Permission.READ, tenants::list),
                new Route("PUT", "/v1/tenants/{tenant}", Permission.ADMIN, tenants::set),
                new Route("GET", "/v1/events", Permission.READ, new EventEndpoint(services)::stream),
                new Route("POST", "/v1/backup", Permission.ADMIN, new BackupEndpoint(parts.backup())::backup),
                new Route("POST", "/v1/worker/claim", Permission.WORK, worker::claim),
                new Route("POST", "/v1/worker/renew", Permission.WORK, worker::renew),
                new Route("POST", "/v1/worker/report", Permission.WORK, worker::report),
                new Route(
                        "GET",
                        "/metrics",
                        Permission.ADMIN,
                        new MetricsEndpoint(services, facts, parts.figures())::metrics),
                new Route("GET", "/livez", Permission.OPEN, parts.health()::live),
                new Route("GET", "/readyz", Permission.OPEN, parts.health()::ready));
    }

    List<Route> all() {
        return all;
    }
}
