package dev.kalends.zookeeper;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination;
import dev.kalends.testing.RealServerCoordination;
import java.io.IOException;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Coordination by a real ZooKeeper that is restarted and cut off. */
final class ZooKeeperCoordinationTest extends RealServerCoordination {
    private static final int TICK_MS = 200;

    private static TestingServer server;

    ZooKeeperCoordinationTest() {
        super(ZooKeeperCoordination.terms(1_500));
    }

    @BeforeAll
    static void start() throws Exception {
        server = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MS, -1), true);
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
    }

    @Override
    protected int serverPort() {
        return server.getPort();
    }

    @Override
    protected Coordination connect(int port) {
        return ZooKeeperCoordination.open("127.0.0.1:" + port, cluster, terms(), clock);
    }

    /** Sessions end at a tick; an answer may take as long as a request may. */
    @Override
    public long slackMs() {
        return 1_500;
    }

    @Test
    void whatStandsInZooKeeperOutlivesARestart() throws Exception {
        first().join(ONE);
        second().join(TWO);
        assertTrue(first().tryOwn(0));
        server.restart();
        allIsWellAgain();
    }
}
