package dev.kalends.sim;

import dev.kalends.time.WallClock;

/** A node's own wall clock: off by something, and by something else after a jump. */
final class NodeWall implements WallClock {
    private final Timeline timeline;
    private long offMs;

    NodeWall(Timeline timeline, long offMs) {
        this.timeline = timeline;
        this.offMs = offMs;
    }

    @Override
    public long nowMs() {
        return timeline.clock.nowMs() + offMs;
    }

    /** Lets it jump; {@link WallHistory} remembers. */
    void jump(long byMs) {
        offMs += byMs;
    }
}
