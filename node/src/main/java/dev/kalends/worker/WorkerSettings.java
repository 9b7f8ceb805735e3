package dev.kalends.worker;

import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker is.
 *
 * @param id unique for the life of this worker; a worker that starts again has another
 * @param slots executions at a time, 1 to {@value #SLOTS_MAX}
 * @param version of this build, shown to users
 * @param grace from TERM to KILL
 * @param isolation wanted for commands; empty = the strongest that works here
 * @param addresses which addresses http jobs may call
 * @param environment of this process, of which a few variables reach commands
 */
public record WorkerSettings(
        String id,
        List<String> queues,
        int slots,
        String version,
        Duration grace,
        Optional<Isolation> isolation,
        AddressPolicy addresses,
        Map<String, String> environment,
        MonotonicClock monotonic,
        WallClock wall) {
    public static final int SLOTS_MAX = 4096;
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
    /** The queue of jobs that name none. */
    public static final String DEFAULT_QUEUE = "default";

    public WorkerSettings {
        if (slots < 1 || slots > SLOTS_MAX) {
            throw new IllegalArgumentException("slots are 1 to " + SLOTS_MAX + "; slots=" + slots);
        }
        queues = List.copyOf(queues);
        environment = Map.copyOf(environment);
    }

    /** A worker of the default queue with this process's environment and clocks. */
    public static WorkerSettings of(String id, int slots, String version) {
        return new WorkerSettings(
                id,
                List.of(DEFAULT_QUEUE),
                slots,
                version,
                DEFAULT_GRACE,
                Optional.empty(),
                AddressPolicy.NO_LINK_LOCAL,
                System.getenv(),
                MonotonicClock.system(),
                WallClock.system());
    }
}
