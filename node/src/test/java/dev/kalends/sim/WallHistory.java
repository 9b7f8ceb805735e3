package dev.kalends.sim;

import dev.kalends.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;

/** How far the wall clock had come before each of its jumps, so that "not before" can be judged afterwards. */
final class WallHistory {
    private record Stretch(long endedElapsedMs, long highestMs) {}

    private final Timeline timeline;
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<NodeWall> nodes = new ArrayList<>();

    WallHistory(Timeline timeline) {
        this.timeline = timeline;
    }

    /** A node's clock, off by something. */
    NodeWall node(long offMs) {
        nodes.add(new NodeWall(timeline, offMs));
        return nodes.getLast();
    }

    /** Lets a node's clock jump. */
    void jump(NodeWall wall, long byMs) {
        stretches.add(new Stretch(timeline.elapsedMs(), wall.nowMs()));
        wall.jump(byMs);
    }

    /** Lets the clock jump. */
    void jump(long byMs) {
        VirtualClock clock = timeline.clock;
        stretches.add(new Stretch(timeline.elapsedMs(), highestSince(timeline.elapsedMs())));
        clock.jumpWall(byMs);
        timeline.log("the clock jumps by " + byMs);
    }

    /** Forward a little, forward a lot (a suspend looks the same), or back. */
    long jumpMs(Faults faults) {
        return switch (faults.measure(4)) {
            case 0 -> 1_000 + faults.measure(50_000);
            case 1 -> 60_000 + faults.measure(400_000);
            default -> -faults.measure(240_000);
        };
    }

    /** The highest reading that was seen since a moment. */
    long highestSince(long elapsedMs) {
        long highestMs = timeline.clock.nowMs();
        for (NodeWall node : nodes) {
            highestMs = Math.max(highestMs, node.nowMs());
        }
        for (Stretch stretch : stretches) {
            if (stretch.endedElapsedMs >= elapsedMs) {
                highestMs = Math.max(highestMs, stretch.highestMs);
            }
        }
        return highestMs;
    }

    boolean jumped() {
        return !stretches.isEmpty();
    }
}
