package dev.kalends.server;

import dev.kalends.journal.EmbeddedJournal;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.LocalCoordination;
import dev.kalends.lease.Standby;
import dev.kalends.memory.MemoryStore;
import dev.kalends.relay.PeerWatch;
import dev.kalends.relay.Peers;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionLoop;
import dev.kalends.runtime.PartitionThread;
import dev.kalends.runtime.Replica;
import dev.kalends.testing.MemoryOutputLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A node's door over real sockets, with real partition threads on stores in memory. */
final class ServedNode implements AutoCloseable {
    static final String ADMIN = "admin-token-0123456789-0123456789-0123456789";
    static final String TENANT_A = "tenant-a-token-0123456789-0123456789-0123456";
    static final String TENANT_B = "tenant-b-token-0123456789-0123456789-0123456";
    static final String READER = "reader-token-0123456789-0123456789-012345678";

    final List<PartitionThread> threads = new ArrayList<>();
    final List<MemoryStore> stores = new ArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final Services services;
    final WorkerEndpoint worker;
    final Figures figures;
    final HealthEndpoint health;
    final Routes routes;
    final LocalCoordination coordination = new LocalCoordination();
    final Standings standing;
    final RecordedDuty duty = new RecordedDuty();
    private final HttpServer server;
    private final Peers peers = new Peers(ADMIN);

    ServedNode() {
        this(1);
    }

    ServedNode(int partitions) {
        this(partitions, 1 << 20);
    }

    private ServedNode(int partitions, int firstCursor) {
        Clocks clocks = Clocks.system();
        Meters meters = new Meters(1_000);
        EventRing events = new EventRing(firstCursor);
        coordination.join(new Member("n1", "http://127.0.0.1"));
        LocalRunQueue queue = new LocalRunQueue();
        List<Replica> handles = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            MemoryStore store = new MemoryStore(i);
            stores.add(store);
            PartitionLoop loop = new PartitionLoop(new LoopParts(
                    i,
                    LoopSettings.DEFAULT,
                    clocks.wall(),
                    clocks.monotonic(),
                    new EmbeddedJournal(i, 0),
                    store,
                    queue,
                    coordination,
                    meters,
                    events));
            coordination.tryOwn(i);
            PartitionThread thread = new PartitionThread(loop);
            thread.start();
            threads.add(thread);
            handles.add(loop);
        }
        Partitions all = new Partitions(List.copyOf(handles));
        services = new Services(all, queue, events, meters, new MemoryOutputLog(), clocks, Pause.real());
        NodeFacts facts = new NodeFacts("n1", "0.1.0", "embedded", 1, 1_000, 15_000, true);
        NodeLog nodeLog = (level, text) -> log.add(level + " " + text);
        WorkerRoster roster = new WorkerRoster(clocks.monotonic());
        worker = new WorkerEndpoint(services, facts, roster);
        figures = new Figures(services, handles);
        health = new HealthEndpoint(services.partitions());
        Routes.Parts parts = new Routes.Parts(
                worker,
                roster,
                figures,
                new RedrivePacer(services, nodeLog),
                health,
                directory -> "copied to " + directory,
                fleet(handles),
                ZoneId.of("UTC"));
        routes = new Routes(services, facts, parts);
        standing = new Standings(services, facts, parts);
        Gate gate = new Gate(ServedNode::principal, List.of());
        try {
            server = HttpServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new Dispatcher(routes, gate, nodeLog, clocks.monotonic(), Dispatcher.AccessLog.OFF));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        until(() -> health.ready());
    }

    /** Alone, as an embedded node is. */
    private Fleet fleet(List<Replica> handles) {
        Clocks clocks = services.clocks();
        PeerWatch watch =
                new PeerWatch("n1", peers, coordination::look, new PeerWatch.Clocks(clocks.wall(), clocks.monotonic()));
        return new Fleet("n1", Standby.ALL, handles, coordination::look, peers, watch, duty, QueueBook.open());
    }

    private static Optional<Principal> principal(String token) {
        Set<Permission> all = Set.of(Permission.READ, Permission.WRITE, Permission.WORK);
        return switch (token) {
            case TENANT_A -> Optional.of(new Principal("a", Optional.of("a"), all));
            case TENANT_B -> Optional.of(new Principal("b", Optional.of("b"), all));
            case READER -> Optional.of(new Principal("reader", Optional.empty(), Set.of(Permission.READ)));
            default -> Principals.admin(ADMIN).of(token);
        };
    }

    /** A client with the admin's token. */
    RawHttp admin() {
        return as(ADMIN);
    }

    RawHttp as(String token) {
        return nobody().with("Authorization", "Bearer " + token);
    }

    /** A client without a token. */
    RawHttp nobody() {
        return new RawHttp(server.port());
    }

    int port() {
        return server.port();
    }

    /** Waits for something that another thread brings about; fails when it does not come. */
    static void until(java.util.function.BooleanSupplier condition) {
        long endNs = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("it did not come about in 20 s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        server.close();
        threads.forEach(PartitionThread::close);
        peers.close();
    }
}
