package dev.kalends.sim;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** In quiet times one leader fails, in one way, and the time is taken until what it led is led again. */
final class Drill {
    private static final long CALM_MAX_MS = 240_000;
    private static final long LOOK_MS = 1_000;
    private static final long WELL_MS = 5_000;
    private static final long GAP_MAX_MS = LeaseLine.TERMS.ttlMs() + 2_000;
    private static final long INJURED_MS = 12_000;

    private final Cluster cluster;
    private final Timeline timeline;
    private final Random random;
    private final Runnable step;

    Drill(Cluster cluster, Timeline timeline, Random random, Runnable step) {
        this.cluster = cluster;
        this.timeline = timeline;
        this.random = random;
        this.step = step;
    }

    void hold() {
        calm();
        if (cluster.nodes().size() < 2) {
            return;
        }
        int partition = random.nextInt(cluster.partitions());
        ClusterNode victim = cluster.nodes().stream()
                .filter(node -> node.leads(partition))
                .findFirst()
                .orElseThrow();
        List<Integer> led = IntStream.range(0, cluster.partitions())
                .filter(victim::leads)
                .boxed()
                .toList();
        long fromMs = timeline.elapsedMs();
        timeline.log("drill: " + victim.id() + " leads " + led);
        injure(victim);
        while (led.stream().anyMatch(one -> nextLeader(one, victim).isEmpty())) {
            if (timeline.elapsedMs() - fromMs > GAP_MAX_MS) {
                throw new Violation(
                        Invariant.BOUNDED_GAP,
                        "not led again; partitions=" + led + " gapMs=" + (timeline.elapsedMs() - fromMs));
            }
            step.run();
        }
        timeline.log("drill: led again");
        pass(INJURED_MS);
        calm();
    }

    private Optional<ClusterNode> nextLeader(int partition, ClusterNode victim) {
        return cluster.nodes().stream()
                .filter(node -> node != victim && node.leads(partition))
                .findFirst();
    }

    private void injure(ClusterNode victim) {
        switch (random.nextInt(3)) {
            case 0 -> cluster.kill(victim, INJURED_MS);
            case 1 -> cluster.freeze(victim, INJURED_MS);
            default -> {
                timeline.log(victim.id() + " is cut from the coordination");
                victim.lines().cut(Lines.Line.COORDINATION, Lines.Way.OUT, INJURED_MS);
                victim.lines().cut(Lines.Line.COORDINATION, Lines.Way.IN, INJURED_MS);
            }
        }
    }

    /**
     * Waits until all is well: withdrawals are over, everybody has come back. What a node says of itself is as old as
     * its last look, so all must be well for longer than looks are apart.
     */
    private void calm() {
        long fromMs = timeline.elapsedMs();
        long wellSinceMs = fromMs;
        while (timeline.elapsedMs() - wellSinceMs < WELL_MS) {
            pass(LOOK_MS);
            Optional<String> unrest = cluster.unrest();
            if (unrest.isPresent()) {
                wellSinceMs = timeline.elapsedMs();
                if (wellSinceMs - fromMs > CALM_MAX_MS) {
                    throw new Violation(Invariant.BOUNDED_GAP, "no calm without faults: " + unrest.get());
                }
            }
        }
    }

    private void pass(long ms) {
        long untilMs = timeline.elapsedMs() + ms;
        while (timeline.elapsedMs() < untilMs) {
            step.run();
        }
    }
}
