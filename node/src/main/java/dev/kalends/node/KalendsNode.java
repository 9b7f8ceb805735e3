package dev.kalends.node;

import dev.kalends.job.RunState;
import dev.kalends.journal.Counts;
import dev.kalends.journal.EmbeddedJournal;
import dev.kalends.journal.OutputLog;
import dev.kalends.journal.StoreException;
import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.LocalCoordination;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Seating;
import dev.kalends.lease.SeatingTerms;
import dev.kalends.node.NodeConfig.Listen;
import dev.kalends.relay.PeerWatch;
import dev.kalends.relay.Peers;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionHandle;
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
import dev.kalends.server.QueueBook;
import dev.kalends.server.RedrivePacer;
import dev.kalends.server.Routes;
import dev.kalends.server.Services;
import dev.kalends.server.WorkerEndpoint;
import dev.kalends.server.WorkerRoster;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * An embedded node, put together by hand and running: data directory, stores, partition threads, HTTP, workers.
 *
 * <p>It ends by {@link #drain}, or by itself when its data cannot be written any more; {@link #await} says how. What
 * was opened is closed in reverse order.
 */
public final class KalendsNode implements AutoCloseable {
    private static final long SERVING_WITHIN_NS = TimeUnit.MINUTES.toNanos(5);
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
    private Optional<Listen> listening = Optional.empty();

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
        Coordination coordination = keep(new LocalCoordination());
        coordination.join(new Coordination.Member(config.nodeId(), "http://" + config.listen()));
        String token = AdminToken.ofDirectory(directory.path());
        OutputLog output = keep(directory.openOutputLog());
        RunQueue queue = keep(new LocalRunQueue());
        PartitionSet partitions = keep(PartitionSet.open(directory, Durability.FULL));
        Meters meters = new Meters(config.skewSloMs());
        PartitionSet.Ports ports = new PartitionSet.Ports(
                (partition, store) -> new EmbeddedJournal(partition, store.position()),
                queue,
                coordination,
                new Seating(config.nodeId(), directory.partitions(), SeatingTerms.ALONE));
        OperatorDuty.Readiness operators = new OperatorDuty.Readiness();
        EventRing events = partitions.start(
                new PartitionSet.Shared(clocks, LoopSettings.DEFAULT, meters, ports), operators::fitness);
        Services services = new Services(
                new Partitions(partitions.handles()), queue, events, meters, output, clocks, Pause.real());
        HealthEndpoint readiness = new HealthEndpoint(services.partitions());
        health = Optional.of(readiness);
        awaitServing(readiness, partitions);
        Figures figures = new Figures(services, partitions.handles());
        NodeFacts facts = new NodeFacts(
                config.nodeId(),
                config.version(),
                "embedded",
                1,
                LoopSettings.DEFAULT.loadEveryMs(),
                LoopSettings.DEFAULT.runTtlMs());
        WorkerRoster roster = new WorkerRoster(clocks.monotonic());
        WorkerEndpoint workers = new WorkerEndpoint(services, facts, roster);
        Routes routes = new Routes(
                services,
                facts,
                new Routes.Parts(
                        workers,
                        roster,
                        figures,
                        new RedrivePacer(services, log),
                        readiness,
                        new Backup(directory, partitions.stores()),
                        alone(partitions, new OperatorDuty(partitions.seats(), operators), token),
                        ZoneId.systemDefault()));
        Listen listen = listen(routes, token);
        listening = Optional.of(listen);
        List<java.nio.file.Path> left = AdminToken.leave(token, config.tokenDirectory(), listen);
        Upkeep upkeep = keep(new Upkeep(figures, output, log, clocks.monotonic(), () -> watch(partitions)));
        upkeep.start();
        startWorker(workers);
        announce(listen, services, left);
    }

    /** The fleet of a node that is alone. */
    private Fleet alone(PartitionSet partitions, OperatorDuty duty, String token) {
        Supplier<Overview> overview =
                () -> partitions.seats().seen().orElseGet(() -> new Overview(List.of(), Map.of()));
        Peers peers = keep(new Peers(token));
        PeerWatch watch = new PeerWatch(
                config.nodeId(), peers, overview, new PeerWatch.Clocks(clocks.wall(), clocks.monotonic()));
        return new Fleet(config.nodeId(), partitions.handles(), overview, peers, watch, duty, QueueBook.open());
    }

    private <T extends AutoCloseable> T keep(T resource) {
        opened.addFirst(resource);
        return resource;
    }

    private void awaitServing(HealthEndpoint readiness, PartitionSet partitions) throws StartFailedException {
        long deadlineNs = clocks.monotonic().nowNs() + SERVING_WITHIN_NS;
        while (!readiness.ready()) {
            Optional<String> broken = partitions.broken();
            if (broken.isPresent() || clocks.monotonic().nowNs() - deadlineNs > 0) {
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

    private void announce(Listen listen, Services services, List<java.nio.file.Path> left) {
        long waiting = 0;
        long open = 0;
        long running = 0;
        for (PartitionHandle handle : services.partitions().all()) {
            for (Counts counts : handle.reader().counts()) {
                waiting += counts.scheduled();
                open += counts.ready() + counts.retrying();
                running += counts.running();
            }
        }
        log.info(
                "kalends " + config.version() + " listens on http://" + listen + ", data in " + config.dataDirectory());
        log.info("recovered " + waiting + " jobs, " + open + " runs that wait, " + running + " that were "
                + RunState.LEASED.word());
        log.info("token for commands of this user in " + left.getFirst());
        if (listen.beyondLoopback()) {
            log.warn("listening beyond loopback without TLS: whoever can listen on the network can read the token and"
                    + " become admin; listen=" + listen);
        }
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
