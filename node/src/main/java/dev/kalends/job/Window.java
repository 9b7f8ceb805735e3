package dev.kalends.job;

import java.util.Optional;

/**
 * The bounds of a schedule.
 *
 * @param fromMs no nominal instant before this
 * @param untilMs no nominal instant at or after this
 * @param maxRuns at most this many scheduled fires
 * @param splayMs each due instant is moved by a stable amount of 0 to this; 0 = exact
 */
public record Window(Optional<Long> fromMs, Optional<Long> untilMs, Optional<Integer> maxRuns, long splayMs) {
    /** No bounds, exact. */
    public static final Window OPEN = new Window(Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /** By how much each due instant of a job is moved: a stable amount of 0 to the splay. */
    public long movedMs(JobId id, JobName name) {
        return splayMs == 0 ? 0 : Math.floorMod(Hash.mix(name.hashSeed(id), 1), splayMs + 1);
    }
}
