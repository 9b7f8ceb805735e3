package dev.kalends.server;

import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Holding;
import dev.kalends.lease.SeatingTerms;
import dev.kalends.lease.Standby;
import dev.kalends.memory.MemoryStore;
import dev.kalends.relay.PeerWatch;
import dev.kalends.relay.Peers;
import dev.kalends.relay.RoutedPartition;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.ReplicaSlot;
import dev.kalends.runtime.Replicas;
import dev.kalends.testing.FakeCluster;
import dev.kalends.testing.FakeCoordination;
import dev.kalends.testing.FakeRecord;
import dev.kalends.testing.MemoryOutputLog;
import dev.kalends.testing.TcpProxy;
import dev.kalends.time.MonotonicClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** One node of a cluster in one process: real loops, threads and HTTP; records and coordination are shared. */
final class ClusterNode implements AutoCloseable {
    private static final String TOKEN = ServedNode.ADMIN;

    final String id;
    final RecordedDuty duty = new RecordedDuty();
    final List<MemoryStore> stores = new ArrayList<>();
    final List<HeldJournal> journals = new ArrayList<>();
    final WorkerEndpoint worker;
    final PeerWatch watch;
    final TcpProxy proxy;
    private final FakeCoordination coordination;
    /** Whether replicas that begin get nothing of the record until {@link #catchUp}. */
    volatile boolean holding;

    final Replicas replicas;
    final Figures figures;
    final Shared shared;
    private final Standby standby;
    private final List<ReplicaSlot> loops = new ArrayList<>();
    private final Peers peers = new Peers(TOKEN);
    private final WorkerRoster roster = new WorkerRoster(MonotonicClock.system());
    private final HttpServer server;
    final Fleet fleet;
    final Standings standing;

    /** What all nodes share. */
    record Shared(FakeCluster cluster, List<FakeRecord> records, LocalRunQueue queue, Standby standby) {}

    /** What is held of a partition, in memory. */
    private final class Home implements ReplicaSlot.Home {
        private final int partition;
        private final Meters meters;
        private final EventRing events;

        Home(int partition, Meters meters, EventRing events) {
            this.partition = partition;
            this.meters = meters;
            this.events = events;
        }

        @Override
        public LoopParts open() {
            Clocks clocks = Clocks.system();
            MemoryStore store = stores.get(partition);
            HeldJournal journal =
                    new HeldJournal(shared.records().get(partition).journal(store.position()));
            if (holding) {
                journal.hold();
            }
            journals.set(partition, journal);
            return new LoopParts(
                    partition,
                    LoopSettings.DEFAULT,
                    clocks.wall(),
                    clocks.monotonic(),
                    journal,
                    store,
                    shared.queue(),
                    coordination,
                    meters,
                    events);
        }

        @Override
        public void empty() {
            stores.get(partition).close();
            stores.set(partition, new MemoryStore(partition));
        }
    }

    /** Queues as a cluster has them. */
    private static final class Declared implements QueueBook {
        private final Set<String> names = new TreeSet<>(List.of("default"));

        @Override
        public synchronized Optional<SortedSet<String>> declared() {
            return Optional.of(new TreeSet<>(names));
        }

        @Override
        public synchronized void declare(String queue) {
            names.add(queue);
        }

        @Override
        public synchronized void withdraw(String queue) {
            names.remove(queue);
        }
    }

    ClusterNode(String id, Shared shared) {
        this.id = id;
        this.shared = shared;
        this.coordination = shared.cluster().node();
        Clocks clocks = Clocks.system();
        Meters meters = new Meters(1_000);
        EventRing events = new EventRing(1 << 20);
        for (int i = 0; i < shared.records().size(); i++) {
            stores.add(new MemoryStore(i));
            journals.add(new HeldJournal(shared.records().get(i).journal(0)));
            loops.add(new ReplicaSlot(i, new Home(i, meters, events)));
        }
        standby = shared.standby();
        replicas = new Replicas(
                new Holding(id, loops.size(), standby, new SeatingTerms(0, 2_000, 0, 1_000, 1_000)),
                loops,
                () -> Optional.of(coordination.look()),
                clocks.monotonic());
        if (standby.isAll()) {
            loops.forEach(ReplicaSlot::begin);
        }
        watch = new PeerWatch(id, peers, coordination::look, new PeerWatch.Clocks(clocks.wall(), clocks.monotonic()));
        RoutedPartition.Shared routes =
                new RoutedPartition.Shared(id, standby, peers, watch, coordination::look, clocks.monotonic());
        List<PartitionHandle> routed = new ArrayList<>();
        loops.forEach(loop -> routed.add(new RoutedPartition(loop, routes)));
        Services services = new Services(
                new Partitions(routed), shared.queue(), events, meters, new MemoryOutputLog(), clocks, Pause.real());
        NodeFacts facts = new NodeFacts(id, "0.1.0", "cluster", 1, 1_000, 15_000, true);
        worker = new WorkerEndpoint(services, facts, roster);
        fleet = new Fleet(id, standby, List.copyOf(loops), coordination::look, peers, watch, duty, new Declared());
        figures = new Figures(services, fleet.replicas());
        Routes.Parts parts = parts(services);
        standing = new Standings(services, facts, parts);
        server = listen(services, new Routes(services, facts, parts));
        proxy = new TcpProxy(server.port());
        coordination.join(new Member(id, "http://127.0.0.1:" + proxy.port()));
    }

    private Routes.Parts parts(Services services) {
        return new Routes.Parts(
                worker,
                roster,
                figures,
                new RedrivePacer(services, (_, _) -> {}),
                new HealthEndpoint(services.partitions()),
                directory -> "copied to " + directory,
                fleet,
                ZoneId.of("UTC"));
    }

    private static HttpServer listen(Services services, Routes routes) {
        try {
            return HttpServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new Dispatcher(
                            routes,
                            new Gate(Principals.admin(TOKEN), List.of()),
                            (_, _) -> {},
                            services.clocks().monotonic(),
                            Dispatcher.AccessLog.OFF));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Claims that wait here in a partition that is led here. */
    int parked(int partition) {
        return loops.get(partition).status().parked();
    }

    /** Leads a partition from now on, and waits until it does. */
    void lead(int partition) {
        coordination.tryOwn(partition);
        wake(partition);
        ServedNode.until(() -> loops.get(partition).status().leading());
    }

    /** Gives a partition back, and waits until it does not lead it any more. */
    void giveBack(int partition) {
        coordination.release(partition);
        wake(partition);
        ServedNode.until(() -> !loops.get(partition).status().leading());
    }

    private void wake(int partition) {
        loops.get(partition).seat().take();
    }

    boolean holds(int partition) {
        return loops.get(partition).held();
    }

    boolean leads(int partition) {
        return loops.get(partition).status().leading();
    }

    /** Whether its replica may be read by others. */
    boolean isCurrent(int partition) {
        return loops.get(partition).isCurrent();
    }

    /** Says what it is fit for, and begins and ends the replicas that it should. */
    void settle() {
        coordination.declare(Fitness.allBut(replicas.unfit()));
        replicas.round();
    }

    /** Leaves for good. */
    void leave() {
        close();
        coordination.close();
    }

    /** Lets entries come through that were held back. */
    void catchUp(int partition) {
        journals.get(partition).letGo();
        wake(partition);
    }

    /** Asks the other nodes how they are. */
    void look() {
        try {
            watch.round();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    RawHttp admin() {
        return new RawHttp(server.port()).with("Authorization", "Bearer " + TOKEN);
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
        loops.forEach(ReplicaSlot::close);
        peers.close();
    }
}
