package dev.kalends.zookeeper;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.testing.CutOffContract;
import dev.kalends.testing.Patience;
import dev.kalends.testing.TcpProxy;
import dev.kalends.time.MonotonicClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Coordination by a real ZooKeeper that is restarted and cut off. */
final class ZooKeeperCoordinationTest implements CutOffContract {
    private static final CoordinationTerms TERMS = ZooKeeperCoordination.terms(1_500);
    private static final int TICK_MS = 200;
    private static final long PATIENCE_MS = 15_000;
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    private static TestingServer server;

    private final MonotonicClock clock = MonotonicClock.system();
    private final String cluster = "c" + CLUSTERS.incrementAndGet();
    private TcpProxy proxy;
    private final List<Coordination> opened = new ArrayList<>();
    private Coordination one;
    private Coordination two;

    @BeforeAll
    static void start() throws Exception {
        server = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MS, -1), true);
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() {
        proxy = new TcpProxy(server.getPort());
        one = open(proxy.port());
        two = open(server.getPort());
    }

    @AfterEach
    void close() {
        proxy.heal();
        opened.forEach(Coordination::close);
        proxy.close();
    }

    private Coordination open(int port) {
        Coordination coordination = ZooKeeperCoordination.open("127.0.0.1:" + port, cluster, TERMS, clock);
        opened.add(coordination);
        return coordination;
    }

    @Override
    public Coordination first() {
        return one;
    }

    @Override
    public Coordination second() {
        return two;
    }

    @Override
    public Coordination third() {
        return open(server.getPort());
    }

    @Override
    public long monotonicNowNs() {
        return clock.nowNs();
    }

    /** Sessions end at a tick; an answer may take as long as a request may. */
    @Override
    public long slackMs() {
        return 1_500;
    }

    @Override
    public CoordinationTerms terms() {
        return TERMS;
    }

    @Override
    public long marginMs() {
        return TERMS.marginMs();
    }

    @Override
    public void cutFirst() {
        proxy.cut();
    }

    @Override
    public void holdAnswersToFirst() {
        proxy.holdAnswers();
    }

    @Override
    public void healFirst() {
        proxy.heal();
    }

    @Override
    public void await(BooleanSupplier something) {
        Patience.await(PATIENCE_MS, something);
    }

    private static boolean owns(Coordination coordination) {
        try {
            return coordination.tryOwn(0);
        } catch (CoordinationException e) {
            return false; // ZooKeeper does not answer, or the membership is not there again yet
        }
    }

    @Test
    void whatStandsInZooKeeperOutlivesARestart() throws Exception {
        one.join(ONE);
        two.join(TWO);
        assertTrue(one.tryOwn(0));
        server.restart();
        await(() -> {
            boolean led = owns(one) || owns(two);
            assertFalse(one.trusted(0, clock.nowNs()) && two.trusted(0, clock.nowNs()), "two are trusted");
            return led;
        });
        await(() -> {
            try {
                return one.members().equals(List.of(ONE, TWO));
            } catch (CoordinationException e) {
                return false; // not connected again yet
            }
        });
    }
}
