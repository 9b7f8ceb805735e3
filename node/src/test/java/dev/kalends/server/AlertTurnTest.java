package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.alert.AlertSettings;
import dev.kalends.alert.AlertTerms;
import dev.kalends.alert.Alerts;
import dev.kalends.lease.Standby;
import dev.kalends.need.Need;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.testing.AlertReceiver;
import dev.kalends.testing.FakeCluster;
import dev.kalends.testing.FakeRecord;
import dev.kalends.time.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a cluster one node tells, and when it dies another does. */
final class AlertTurnTest {
    private static final AlertTerms SOON = new AlertTerms(20, 100, 100, 100, 100, 50, 200, 500, 60_000);

    @TempDir
    private Path temp;

    private Alerts alerts(ClusterNode of, AlertReceiver receiver) throws IOException {
        Alerts alerts = new Alerts(
                new AlertSettings(receiver.url(), Optional.empty()),
                SOON,
                new Alerts.Surroundings(
                        of.id,
                        "prod",
                        of.standing::look,
                        of.fleet::firstToTell,
                        Files.createDirectories(temp.resolve(of.id)),
                        Clocks.system()),
                (_, _) -> {});
        alerts.start();
        return alerts;
    }

    @Test
    void theFirstLiveNodeTellsAndWhenItDiesTheNext() throws Exception {
        FakeCluster cluster = new FakeCluster(MonotonicClock.system(), 600_000);
        ClusterNode.Shared shared = new ClusterNode.Shared(
                cluster, List.of(new FakeRecord(0), new FakeRecord(0)), new LocalRunQueue(), Standby.ALL);
        List<ClusterNode> nodes = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            nodes.add(new ClusterNode(id, shared));
        }
        try (AlertReceiver ofA = new AlertReceiver();
                AlertReceiver ofB = new AlertReceiver();
                AlertReceiver ofC = new AlertReceiver()) {
            nodes.get(0).lead(0);
            nodes.forEach(ClusterNode::look);
            assertTrue(nodes.get(0).fleet.firstToTell());
            assertFalse(nodes.get(1).fleet.firstToTell());
            Alerts first = alerts(nodes.get(0), ofA);
            Alerts second = alerts(nodes.get(1), ofB);
            Alerts third = alerts(nodes.get(2), ofC);
            try {
                // Partition 1 was never led: all see it, one tells.
                ServedNode.until(() -> ofA.events(Need.NO_LEADER).equals(List.of("begin")));
                assertEquals(List.of(), ofB.taken());
                first.close();
                nodes.get(0).leave();
                ServedNode.until(() -> {
                    nodes.get(1).look();
                    nodes.get(2).look();
                    return ofB.events(Need.NO_LEADER).contains("begin");
                });
                assertEquals(
                        ofA.taken().getFirst().key(), ofB.taken().getFirst().key());
                assertEquals("b", ofB.taken().getFirst().node());
                nodes.get(1).lead(0);
                nodes.get(1).lead(1);
                ServedNode.until(() -> {
                    nodes.get(1).look();
                    return ofB.events(Need.NO_LEADER).contains("end");
                });
                assertEquals(List.of(), ofC.taken(), "the first live node tells, not the one after it");
            } finally {
                third.close();
                second.close();
            }
        } finally {
            nodes.subList(1, 3).forEach(ClusterNode::close);
        }
    }
}
