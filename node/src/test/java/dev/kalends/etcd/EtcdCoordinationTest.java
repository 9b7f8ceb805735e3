package dev.kalends.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.testing.CutOffContract;
import dev.kalends.testing.Patience;
import dev.kalends.testing.TcpProxy;
import dev.kalends.time.MonotonicClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coordination by a real etcd that is killed, stopped and cut off. */
final class EtcdCoordinationTest implements CutOffContract {
    private static final CoordinationTerms TERMS = CoordinationTerms.ofTtl(2_000);
    private static final long PATIENCE_MS = 15_000;
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static EtcdProcess etcd;

    private final MonotonicClock clock = MonotonicClock.system();
    private final String cluster = "c" + CLUSTERS.incrementAndGet();
    private TcpProxy proxy;
    private final List<Coordination> opened = new ArrayList<>();
    private Coordination one;
    private Coordination two;

    @BeforeAll
    static void start() {
        etcd = new EtcdProcess(directory);
        etcd.start();
    }

    @AfterAll
    static void end() {
        etcd.close();
    }

    @BeforeEach
    void open() {
        proxy = new TcpProxy(etcd.port());
        one = open(proxy.port());
        two = open(etcd.port());
    }

    @AfterEach
    void close() {
        proxy.heal();
        opened.forEach(Coordination::close);
        proxy.close();
    }

    private Coordination open(int port) {
        Coordination coordination = EtcdCoordination.open(List.of("http://127.0.0.1:" + port), cluster, TERMS, clock);
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
        return open(etcd.port());
    }

    @Override
    public long monotonicNowNs() {
        return clock.nowNs();
    }

    /** etcd looks for leases that are over every half second; an answer may take as long as a request may. */
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

    private boolean trusted(Coordination coordination) {
        return coordination.trusted(0, clock.nowNs());
    }

    private static boolean owns(Coordination coordination) {
        try {
            return coordination.tryOwn(0);
        } catch (CoordinationException e) {
            return false; // etcd does not answer, or the membership is not there again yet
        }
    }

    /** Either has it again within a moment, and never both. */
    private void oneOfThemLeads() {
        await(() -> {
            boolean led = owns(one) || owns(two);
            assertFalse(trusted(one) && trusted(two), "two are trusted with one partition");
            return led;
        });
    }

    @Test
    void whatStandsInEtcdOutlivesAKill() {
        one.join(ONE);
        two.join(TWO);
        assertTrue(one.tryOwn(0));
        etcd.kill();
        etcd.start();
        oneOfThemLeads();
        await(() -> one.members().equals(List.of(ONE, TWO)));
    }

    @Test
    void anEtcdThatStandsStillEndsTrustAndNothingElse() {
        one.join(ONE);
        two.join(TWO);
        assertTrue(one.tryOwn(0));
        long startNs = clock.nowNs();
        etcd.stop();
        try {
            await(() -> !trusted(one));
            assertTrue(clock.nowNs() - startNs <= 2_100_000_000L);
            await(() -> clock.nowNs() - startNs > 3 * TERMS.ttlMs() * 1_000_000);
            assertFalse(owns(one) || owns(two));
        } finally {
            etcd.go();
        }
        oneOfThemLeads();
        await(() -> one.members().equals(List.of(ONE, TWO)));
        assertEquals(1, one.look().ownerByPartition().size());
    }
}
