package dev.kalends.server;

import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;

/** Both clocks: wall for instants, monotonic for waits and rates. */
public record Clocks(WallClock wall, MonotonicClock monotonic) {
    /** The machine's own. */
    public static Clocks system() {
        return new Clocks(WallClock.system(), MonotonicClock.system());
    }

    long nowMs() {
        return wall.nowMs();
    }
}
