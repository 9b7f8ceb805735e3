package dev.kalends.node;

import dev.kalends.journal.OutputLog;
import dev.kalends.journal.StoreException;
import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.node.NodeConfig.Listen;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.server.Clocks;
import dev.kalends.server.Dispatcher;
import dev.kalends.server.Figures;
import dev.kalends.server.Fleet;
import dev.kalends.server.Gate;
import dev.kalends.server.HealthEndpoint;
import dev.kalends.server.HttpServer;
import dev.kalends.server.InProcessLink;
import dev.kalends.server.NodeFacts;
import dev.kalends.server.NodeLog;
import dev.kalends.server.Partitions;
import dev.kalends.server.Pause;
import dev.kalends.server.Principals;
import dev.kalends.server.RedrivePacer;
import dev.kalends.server.Routes;
import dev.kalends.server.Services;
import dev.kalends.server.Standings;
import dev.kalends.server.TermNotes;
import dev.kalends.server.WorkerEndpoint;
import dev.kalends.server.WorkerRoster;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.worker.Worker;
import dev.kalends.worker.WorkerSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An embedded node, put together by hand and running: data directory, stores, partition threads, HTTP, workers.
 *
 * <p>It ends by {@link #drain}, or by itself when it cannot write; {@link #await} says how. It closes in reverse order.
 */
public final class KalendsNode implements AutoCloseable {
    private static final long SERVING_WITHIN_NS = TimeUnit.MINUTES.toNanos(5);
    /** So long a node of a cluster waits until all partitions are led by somebody, before it says that it is there. */
    private static final long LED_WITHIN_NS = TimeUnit.SECONDS.toNanos(15);

    private static final long HANDED_OVER_WITHIN_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(2);

    static {
        // sqlite-jdbc brings SLF4J without a provider, which would say so on the user's screen.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }

    private final NodeConfig config;
    private final NodeLog log;
    private final Clocks clocks = Clocks.system();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CompletableFuture<NodeExit> ended = new CompletableFuture<>();
    private Optional<Thread> draining = Optional.empty();
    private Optional<Worker> worker = Optional.empty();
    private Optional<HealthEndpoint> health = Optional.empty();
    private Optional<Duty> duty = Optional.empty();
    private Optional<Pulse> pulse = Optional.empty();
    private Optional<Listen> listening = Optional.empty();
    private Optional<String> complaint = Optional.empty();

    private KalendsNode(NodeConfig config, NodeLog log) {
        this.config = config;
        this.log = log;
    }

    /**
     * Starts a node; when this returns it answers.
     *
     * @throws StartFailedException when it cannot start; nothing is left open then
     */
    public static KalendsNode start(NodeConfig config, NodeLog log) throws StartFailedException {
        KalendsNode node = new KalendsNode(config, log);
        try {
            node.open();
            return node;
        } catch (StoreException e) {
            node.closeOpened();
            throw StartFailedException.of(e);
        } catch (CoordinationException e) {
            node.closeOpened();
            throw new StartFailedException(
                    NodeExit.UNAVAILABLE,
                    Optional.ofNullable(e.getMessage()).orElse("the data directory is in use"),
                    "stop the other node, or choose another --data-dir",
                    e);
        } catch (StartFailedException | RuntimeException e) {
            node.closeOpened();
            throw e;
        }
    }

    private void open() throws StartFailedException {
        DataDirectory directory = keep(DataDirectory.open(config.dataDirectory(), config.partitions()));
        Ground ground = keep(ground(directory));
        String token = config.cluster().isPresent()
                ? AdminToken.ofFile(config.cluster().get().tokenFile())
                : AdminToken.ofDirectory(directory.path());
        PartitionSet partitions = openStores(directory, ground);
        OutputLog output = keep(ground.output(directory.openOutputLog()));
        Meters meters = new Meters(config.skewSloMs());
        PartitionSet.Shared shared = new PartitionSet.Shared(clocks, LoopSettings.DEFAULT, meters, ground.ports());
        EventRing events = partitions.build(shared, ground.blank());
        ground.followsAll();
        FleetBuild build = FleetBuild.of(new FleetBuild.Parts(config, clocks, ground, partitions, shared, token));
        keep(build.peers());
        keep(build.watch());
        duty = Optional.of(build.duty());
        pulse = Optional.of(new Pulse(List.copyOf(partitions.slots()), build.duty()::trust, clocks.wall()));
        Services services = new Services(
                new Partitions(build.handles()), ground.ports().queue(), events, meters, output, clocks, Pause.real());
        HealthEndpoint readiness = new HealthEndpoint(services.partitions());
        health = Optional.of(readiness);
        Figures figures = new Figures(services, build.fleet().replicas());
        NodeFacts facts = new NodeFacts(
                config.nodeId(),
                config.version(),
                ground.mode(),
                1,
                LoopSettings.DEFAULT.loadEveryMs(),
                LoopSettings.DEFAULT.runTtlMs(),
                config.alerts().isPresent());
        WorkerRoster roster = new WorkerRoster(clocks.monotonic());
        WorkerEndpoint workers = new WorkerEndpoint(services, facts, roster);
        Routes.Parts parts = new Routes.Parts(
                workers,
                roster,
                figures,
                new RedrivePacer(services, log),
                readiness,
                new Backup(directory, partitions::stores, build.handles(), clocks.wall()),
                build.fleet(),
                ZoneId.systemDefault());
        Routes routes = new Routes(services, facts, parts);
        Listen listen = listen(routes, token);
        keep(workers);
        listening = Optional.of(listen);
        ground.join(new Coordination.Member(config.nodeId(), "http://" + advertised(listen)));
        partitions.start(build.seats(), build.replicas());
        build.watch().start();
        awaitServing(readiness, partitions);
        List<java.nio.file.Path> left = AdminToken.leave(token, config.tokenDirectory(), listen);
        upkeep(figures, output, partitions, build.fleet());
        Telling.begin(new Telling.Parts(config, build.fleet(), clocks, log), new Standings(services, facts, parts))
                .ifPresent(this::keep);
        startWorker(workers);
        new Announcement(config, log).say(listen, services, left);
    }

    private void upkeep(Figures figures, OutputLog output, PartitionSet partitions, Fleet fleet) {
        TermNotes terms = new TermNotes(fleet, clocks);
        Upkeep upkeep = keep(new Upkeep(figures, output, log, clocks.monotonic(), () -> {
            watch(partitions);
            terms.look();
            complain(fleet);
        }));
        upkeep.start();
    }

    private Ground ground(DataDirectory directory) throws StartFailedException {
        return config.cluster().isPresent()
                ? ClusterGround.open(config, config.cluster().get(), directory, clocks)
                : new AloneGround(config.nodeId(), directory.partitions());
    }

    /** Opens the stores; those that were away from the others for too long begin from nothing. */
    private PartitionSet openStores(DataDirectory directory, Ground ground) throws StartFailedException {
        PartitionSet partitions = PartitionSet.open(directory, ground.durability());
        if (ground.goesOn(partitions.highestPosition())) {
            return keep(partitions);
        }
        partitions.close();
        log.warn("the replicas here were away for too long: they begin from nothing; partitions="
                + directory.partitions());
        for (int partition = 0; partition < directory.partitions(); partition++) {
            directory.beginAnew(partition);
        }
        ground.beganAnew();
        return keep(PartitionSet.open(directory, ground.durability()));
    }

    private String advertised(Listen listen) {
        return config.cluster().flatMap(ClusterConfig::advertised).orElse(listen.toString());
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.addFirst(resource);
        return resource;
    }

    private void awaitServing(HealthEndpoint readiness, PartitionSet partitions) throws StartFailedException {
        long withinNs = config.cluster().isPresent() ? LED_WITHIN_NS : SERVING_WITHIN_NS;
        long deadlineNs = clocks.monotonic().nowNs() + withinNs;
        while (!readiness.ready()) {
            Optional<String> broken = partitions.broken();
            boolean late = clocks.monotonic().nowNs() - deadlineNs > 0;
            if (late && broken.isEmpty() && config.cluster().isPresent()) {
                log.warn("not all partitions have a leader yet; kalends nodes and kalends leases --partitions show it");
                return;
            }
            if (broken.isPresent() || late) {
                throw new StartFailedException(
                        NodeExit.UNAVAILABLE,
                        "the node cannot serve; "
                                + broken.orElse("it took too long; seconds="
                                        + TimeUnit.NANOSECONDS.toSeconds(SERVING_WITHIN_NS)),
                        "the log has the rest; a damaged store is replaced by a backup: kalends restore DIR");
            }
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    private Listen listen(Routes routes, String token) throws StartFailedException {
        Listen wanted = config.listen();
        Gate gate = new Gate(Principals.admin(token), List.of(wanted.host()));
        Dispatcher.AccessLog accessLog = config.accessLog() ? Dispatcher.AccessLog.ON : Dispatcher.AccessLog.OFF;
        Dispatcher dispatcher = new Dispatcher(routes, gate, log, clocks.monotonic(), accessLog);
        try {
            HttpServer server = keep(HttpServer.start(new InetSocketAddress(wanted.host(), wanted.port()), dispatcher));
            return new Listen(wanted.host(), server.port(), wanted.beyondLoopback());
        } catch (BindException e) {
            throw new StartFailedException(
                    NodeExit.UNAVAILABLE,
                    "the address cannot be had: something else listens there, or it is not this machine's; listen="
                            + wanted,
                    "choose another with --listen HOST:PORT, or stop the other process",
                    e);
        } catch (IOException e) {
            throw new StartFailedException(
                    NodeExit.UNAVAILABLE, "the node cannot listen; listen=" + wanted, "look at the system's log", e);
        }
    }

    private void startWorker(WorkerEndpoint endpoint) {
        if (config.workers() == 0) {
            return;
        }
        String id = config.nodeId() + "-" + UUID.randomUUID().toString().substring(0, 8);
        Worker own = new Worker(WorkerSettings.of(id, config.workers(), config.version()), new InProcessLink(endpoint));
        own.start();
        worker = Optional.of(own);
        log.info("worker " + id + " has " + config.workers() + " slots; isolation=" + own.isolation());
    }

    /** Ends the node when a partition cannot go on: a supervisor starts it again, or somebody looks. */
    private void watch(PartitionSet partitions) {
        partitions.broken().ifPresent(why -> {
            if (isRunning()) {
                log.line(NodeLog.Level.ERROR, "the node ends; " + why);
                beginDraining(NodeExit.UNAVAILABLE);
            }
        });
    }

    /** Says once what is wrong with the settings of the nodes, whenever that changes. */
    private void complain(Fleet fleet) {
        Optional<String> clash = fleet.clash();
        if (!clash.equals(complaint)) {
            clash.ifPresent(log::warn);
            complaint = clash;
        }
    }

    /** What stands still in it, for a watchdog that asks now and then; empty while all moves. */
    public Optional<String> stuck() {
        return pulse.flatMap(Pulse::look);
    }

    /** Where it answers. */
    public URI url() {
        return URI.create("http://" + listening.orElse(config.listen()));
    }

    /**
     * Ends the node in good order: it claims no more work, lets running executions finish for a while, then stops.
     * Asked a second time it waits no longer. Returns at once; {@link #await} waits for the end.
     */
    public void drain() {
        if (!beginDraining(NodeExit.DRAINED)) {
            waitNoLonger();
        }
    }

    private synchronized boolean isRunning() {
        return draining.isEmpty();
    }

    /** Whether this call began it. */
    private synchronized boolean beginDraining(NodeExit exit) {
        if (draining.isPresent()) {
            return false;
        }
        Thread thread = Thread.ofPlatform().name("drain").unstarted(() -> drainAndClose(exit));
        draining = Optional.of(thread);
        thread.start();
        return true;
    }

    private synchronized void waitNoLonger() {
        draining.ifPresent(Thread::interrupt);
    }

    private void drainAndClose(NodeExit exit) {
        health.ifPresent(HealthEndpoint::drain);
        duty.filter(_ -> config.cluster().isPresent()).ifPresent(this::handOver);
        if (exit == NodeExit.DRAINED) {
            log.info("draining: claims no more, waits for what runs; runs="
                    + worker.map(Worker::running).orElse(0) + " secondsMax="
                    + config.drainPatience().toSeconds());
        }
        worker.ifPresent(own -> {
            try {
                if (exit == NodeExit.DRAINED) {
                    own.drain(config.drainPatience());
                }
            } catch (InterruptedException e) {
                log.warn("asked again: waits no longer");
            }
            own.close();
        });
        closeOpened();
        log.info("stopped");
        ended.complete(exit);
    }

    /** Gives all partitions back first, so that others lead them while what runs here ends. */
    private void handOver(Duty own) {
        own.drain();
        long deadlineNs = clocks.monotonic().nowNs() + HANDED_OVER_WITHIN_NS;
        while (!own.leadsNothing() && clocks.monotonic().nowNs() - deadlineNs < 0) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    /** Waits until the node has ended. */
    public NodeExit await() throws InterruptedException {
        try {
            return ended.get();
        } catch (java.util.concurrent.ExecutionException e) {
            return NodeExit.INTERNAL;
        }
    }

    /** Ends it now, without waiting for what runs. */
    @Override
    public void close() {
        beginDraining(NodeExit.DRAINED);
        waitNoLonger();
        ended.join();
    }

    private void closeOpened() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.removeFirst();
            try {
                resource.close();
            } catch (Exception e) {
                log.error("closing failed; resource=" + resource.getClass().getSimpleName(), e);
            }
        }
    }
}
