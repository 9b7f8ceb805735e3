package dev.kalends.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.testing.RealServerCoordination;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coordination by a real etcd that is killed, stopped and cut off. */
final class EtcdCoordinationTest extends RealServerCoordination {
    @TempDir
    private static Path directory;

    private static EtcdProcess etcd;

    EtcdCoordinationTest() {
        super(CoordinationTerms.ofTtl(2_000));
    }

    @BeforeAll
    static void start() {
        etcd = new EtcdProcess(directory);
        etcd.start();
    }

    @AfterAll
    static void end() {
        etcd.close();
    }

    @Override
    protected int serverPort() {
        return etcd.port();
    }

    @Override
    protected Coordination connect(int port) {
        return EtcdCoordination.open(List.of("http://127.0.0.1:" + port), cluster, terms(), clock);
    }

    /** etcd looks for leases that are over every half second; an answer may take as long as a request may. */
    @Override
    public long slackMs() {
        return 1_500;
    }

    @Test
    void whatStandsInEtcdOutlivesAKill() {
        first().join(ONE);
        second().join(TWO);
        assertTrue(first().tryOwn(0));
        etcd.kill();
        etcd.start();
        allIsWellAgain();
    }

    @Test
    void anEtcdThatStandsStillEndsTrustAndNothingElse() {
        first().join(ONE);
        second().join(TWO);
        assertTrue(first().tryOwn(0));
        long startNs = clock.nowNs();
        etcd.stop();
        try {
            await(() -> !trusted(first()));
            assertTrue(clock.nowNs() - startNs <= 2_100_000_000L);
            await(() -> clock.nowNs() - startNs > 3 * terms().ttlMs() * 1_000_000);
            assertFalse(owns(first()) || owns(second()));
        } finally {
            etcd.go();
        }
        allIsWellAgain();
        assertEquals(1, first().look().ownerByPartition().size());
    }
}
