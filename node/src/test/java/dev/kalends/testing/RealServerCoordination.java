package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.time.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of coordination against a server in a process of its own: the first node reaches it by a proxy. */
public abstract class RealServerCoordination implements CutOffContract {
    private static final long PATIENCE_MS = 15_000;
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    protected final MonotonicClock clock = MonotonicClock.system();
    protected final String cluster = "c" + CLUSTERS.incrementAndGet();
    private final CoordinationTerms terms;
    private final List<Coordination> opened = new ArrayList<>();
    private TcpProxy proxy;
    private Coordination one;
    private Coordination two;

    protected RealServerCoordination(CoordinationTerms terms) {
        this.terms = terms;
    }

    /** Where the server listens on loopback. */
    protected abstract int serverPort();

    /** A node that finds the server at a port of loopback. */
    protected abstract Coordination connect(int port);

    @BeforeEach
    final void open() {
        proxy = new TcpProxy(serverPort());
        one = open(proxy.port());
        two = open(serverPort());
    }

    @AfterEach
    final void close() {
        proxy.heal();
        opened.forEach(Coordination::close);
        proxy.close();
    }

    private Coordination open(int port) {
        Coordination coordination = connect(port);
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
        return open(serverPort());
    }

    @Override
    public long monotonicNowNs() {
        return clock.nowNs();
    }

    @Override
    public CoordinationTerms terms() {
        return terms;
    }

    @Override
    public long marginMs() {
        return terms.marginMs();
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

    protected final boolean trusted(Coordination coordination) {
        return coordination.trusted(0, clock.nowNs());
    }

    /** Whether a node gets the first partition; false also while the server does not answer. */
    protected static boolean owns(Coordination coordination) {
        try {
            return coordination.tryOwn(0);
        } catch (CoordinationException e) {
            return false; // it does not answer, or the membership is not there again yet
        }
    }

    /** Either has it again within a moment, and never both; and both are members again. */
    protected final void allIsWellAgain() {
        await(() -> {
            boolean led = owns(one) || owns(two);
            assertFalse(trusted(one) && trusted(two), "two are trusted with one partition");
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
