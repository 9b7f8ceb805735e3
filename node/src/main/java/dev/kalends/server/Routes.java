package dev.kalends.server;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The route table: every address that the node answers, with the permission that it needs. */
public final class Routes {
    private final Services services;
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
            Fleet fleet,
            ZoneId machineZone) {
        Workforce workforce() {
            return new Workforce(roster, fleet);
        }
    }

    public Routes(Services services, NodeFacts facts, Parts parts) {
        this.services = services;
        DraftReader drafts = new DraftReader(
                services.clocks(), parts.machineZone(), parts.fleet().queues());
        SubmitRates rates = new SubmitRates(services);
        List<Route> routes = new ArrayList<>();
        routes.addAll(jobs(services, facts, drafts, rates));
        routes.addAll(plans(services, facts, drafts, parts));
        routes.addAll(runs(services, facts, parts));
        routes.addAll(operations(services, facts, rates, parts));
        routes.addAll(cluster(services, facts, parts));
        this.all = List.copyOf(routes);
    }

    /** What is done to jobs, and single jobs. */
    private static List<Route> jobs(Services services, NodeFacts facts, DraftReader drafts, SubmitRates rates) {
        JobEndpoint jobs = new JobEndpoint(services, facts, drafts, rates);
        PauseEndpoint pauses = new PauseEndpoint(services);
        BackfillEndpoint backfills = new BackfillEndpoint(services);
        return List.of(
                new Route("POST", "/v1/jobs", Permission.WRITE, jobs::submit),
                new Route("POST", "/v1/jobs:bulk", Permission.WRITE, new BulkEndpoint(services, drafts, rates)::submit),
                new Route("GET", "/v1/jobs", Permission.READ, new JobListing(services, facts)::list),
                new Route("GET", "/v1/jobs/{job}", Permission.READ, jobs::show),
                new Route("DELETE", "/v1/jobs/{job}", Permission.WRITE, jobs::cancel),
                new Route("POST", "/v1/jobs/{job}/trigger", Permission.WRITE, jobs::trigger),
                new Route("POST", "/v1/jobs/{job}/edit", Permission.WRITE, new EditEndpoint(services, drafts)::edit),
                new Route("POST", "/v1/jobs:pause", Permission.WRITE, pauses::pause),
                new Route("POST", "/v1/jobs:resume", Permission.WRITE, pauses::resume),
                new Route("POST", "/v1/jobs/{job}/backfill", Permission.WRITE, backfills::begin),
                new Route("DELETE", "/v1/jobs/{job}/backfill", Permission.WRITE, backfills::cancel),
                new Route("GET", "/v1/export", Permission.READ, new ExportEndpoint(services)::export));
    }

    /** What will be, what would be, and why something was. */
    private static List<Route> plans(Services services, NodeFacts facts, DraftReader drafts, Parts parts) {
        SimulateEndpoint simulate = new SimulateEndpoint(services, drafts, parts.workforce());
        return List.of(
                new Route("GET", "/v1/jobs/{job}/next", Permission.READ, new NextEndpoint(services)::next),
                new Route("GET", "/v1/jobs/{job}/why", Permission.READ, new WhyEndpoint(services, facts)::why),
                new Route("GET", "/v1/forecast", Permission.READ, new ForecastEndpoint(services)::forecast),
                new Route("POST", "/v1/simulate", Permission.READ, simulate::simulate));
    }

    private static List<Route> runs(Services services, NodeFacts facts, Parts parts) {
        RunEndpoint runs = new RunEndpoint(services, facts);
        DeadEndpoint dead = new DeadEndpoint(services, facts, parts.pacer());
        WorkerRoutes worker = new WorkerRoutes(parts.worker());
        return List.of(
                new Route("GET", "/v1/runs", Permission.READ, new RunListing(services, facts)::list),
                new Route("GET", "/v1/runs/{run}", Permission.READ, runs::show),
                new Route("GET", "/v1/runs/{run}/output", Permission.READ, runs::output),
                new Route("GET", "/v1/runs/{run}/wait", Permission.READ, new WaitEndpoint(services, facts)::await),
                new Route("DELETE", "/v1/runs/{run}", Permission.WRITE, runs::cancel),
                new Route("POST", "/v1/runs/{run}/rerun", Permission.WRITE, runs::rerun),
                new Route("DELETE", "/v1/runs/{run}/lease", Permission.WRITE, runs::release),
                new Route("GET", "/v1/dead", Permission.READ, dead::list),
                new Route("POST", "/v1/dead/redrive", Permission.WRITE, dead::redrive),
                new Route("GET", "/v1/dead/redrives/{redrive}", Permission.READ, dead::redriving),
                new Route("POST", "/v1/dead/discard", Permission.WRITE, dead::discard),
                new Route("POST", "/v1/worker/claim", Permission.WORK, worker::claim),
                new Route("POST", "/v1/worker/renew", Permission.WORK, worker::renew),
                new Route("POST", "/v1/worker/report", Permission.WORK, worker::report));
    }

    /** The node itself, for who is on call. */
    private static List<Route> operations(Services services, NodeFacts facts, SubmitRates rates, Parts parts) {
        StatsEndpoint stats = new StatsEndpoint(services, facts, new Standings(services, facts, parts));
        HandoffEndpoint handoff = new HandoffEndpoint(services);
        DeedBook deeds = new DeedBook(services.partitions(), (_, _) -> {});
        TenantEndpoint tenants = new TenantEndpoint(services, rates);
        MetricsEndpoint metrics = new MetricsEndpoint(services, facts, parts);
        return List.of(
                new Route("GET", "/v1/leases/partitions", Permission.READ, stats::partitions),
                new Route("GET", "/v1/leases/runs", Permission.READ, stats::runs),
                new Route("GET", "/v1/workers", Permission.READ, stats::workers),
                new Route("GET", "/v1/handoff", Permission.READ, handoff::report),
                new Route("GET", "/v1/audit", Permission.READ, new DeedEndpoint(services, deeds)::list),
                new Route("GET", "/v1/stats", Permission.READ, stats::stats),
                new Route("GET", "/v1/stats/minutes", Permission.READ, stats::minutes),
                new Route("GET", "/v1/tenants", Permission.READ, tenants::list),
                new Route("PUT", "/v1/tenants/{tenant}", Permission.ADMIN, tenants::set),
                new Route(
                        "GET",
                        "/v1/events",
                        Permission.READ,
                        new EventEndpoint(services, new FarEvents(services, parts.fleet()))::stream),
                new Route("POST", "/v1/backup", Permission.ADMIN, new BackupEndpoint(parts.backup())::backup),
                new Route("GET", "/metrics", Permission.ADMIN, metrics::metrics),
                new Route("GET", "/livez", Permission.OPEN, parts.health()::live),
                new Route("GET", "/readyz", Permission.OPEN, parts.health()::ready));
    }

    /** The nodes among themselves, and what operators do with them. */
    private static List<Route> cluster(Services services, NodeFacts facts, Parts parts) {
        NodesEndpoint nodes = new NodesEndpoint(parts.fleet(), facts, parts.figures(), services.clocks());
        PeerEndpoint peers = new PeerEndpoint(parts.fleet(), facts, parts.figures(), parts.roster(), services.clocks());
        ChecksEndpoint checks = new ChecksEndpoint(parts.fleet(), services.clocks());
        ReplicaEndpoint replicas = new ReplicaEndpoint(services, facts, parts.fleet());
        ReadEndpoint reads = new ReadEndpoint(parts.fleet(), services.events(), services.clocks());
        QueueEndpoint queues = new QueueEndpoint(
                services, parts.figures(), parts.workforce(), parts.fleet().queues());
        return List.of(
                new Route("GET", "/v1/nodes", Permission.READ, nodes::list),
                new Route("POST", "/v1/nodes/{node}/drain", Permission.ADMIN, nodes::drain),
                new Route("POST", "/v1/nodes/{node}/undrain", Permission.ADMIN, nodes::undrain),
                new Route("POST", "/v1/partitions/{partition}/step-down", Permission.ADMIN, nodes::stepDown),
                new Route(
                        "POST",
                        "/v1/cluster/finalize",
                        Permission.ADMIN,
                        new FinalizeEndpoint(services, parts.fleet())::finish),
                new Route("GET", "/v1/queues", Permission.READ, queues::list),
                new Route("PUT", "/v1/queues/{queue}", Permission.ADMIN, queues::declare),
                new Route("DELETE", "/v1/queues/{queue}", Permission.ADMIN, queues::withdraw),
                new Route("GET", "/v1/replicas", Permission.ADMIN, replicas::compare),
                new Route("GET", "/v1/peer/partitions/{partition}/digest", Permission.NODE, replicas::digest),
                new Route("POST", "/v1/peer/partitions/{partition}/reads", Permission.NODE, reads::read),
                new Route("POST", "/v1/peer/partitions/{partition}/dump", Permission.NODE, reads::dump),
                new Route("GET", "/v1/peer/partitions/{partition}/events", Permission.NODE, reads::events),
                new Route("GET", "/v1/checks", Permission.ADMIN, checks::all),
                new Route("GET", "/v1/peer/checks", Permission.NODE, checks::own),
                new Route("GET", "/v1/peer/status", Permission.NODE, peers::status),
                new Route("GET", "/v1/peer/partitions/{partition}/position", Permission.NODE, peers::position),
                new Route("POST", "/v1/peer/partitions/{partition}/commands", Permission.NODE, peers::command),
                new Route("POST", "/v1/peer/partitions/{partition}/leases", Permission.NODE, peers::leases));
    }

    Services services() {
        return services;
    }

    List<Route> all() {
        return all;
    }
}
