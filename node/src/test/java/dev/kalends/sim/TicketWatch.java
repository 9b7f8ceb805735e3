package dev.kalends.sim;

import dev.kalends.job.JobPhase;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.journal.StoreReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Watches in quiet times that no run which may start waits for ever while a worker with free slots asks. */
final class TicketWatch {
    private static final long WAIT_MAX_MS = 90_000;
    private static final int ALL = 1_000_000;

    private record Waiting(Object run, int attempt) {}

    private final House house;
    private final Timeline timeline;
    private final Map<Waiting, Long> sinceMsByRun = new HashMap<>();

    TicketWatch(House house, Timeline timeline) {
        this.house = house;
        this.timeline = timeline;
    }

    /** Nobody asks: whoever waits, waits for that. */
    void nobodyAsks() {
        sinceMsByRun.clear();
    }

    /** Some worker asks, and has since the last look. */
    void look() {
        Set<Waiting> waiting = new HashSet<>();
        for (int partition = 0; partition < house.partitions(); partition++) {
            StoreReader reader = house.truth(partition).reader();
            if (reader.pauses().stream().noneMatch(PauseOrder::holds)) {
                reader.openRuns(Optional.empty(), run -> mayStart(run, reader), ALL)
                        .forEach(run -> waiting.add(new Waiting(run.id(), run.attempt())));
            }
        }
        sinceMsByRun.keySet().retainAll(waiting);
        waiting.forEach(run -> sinceMsByRun.putIfAbsent(run, timeline.elapsedMs()));
        sinceMsByRun.forEach((run, sinceMs) -> {
            if (timeline.elapsedMs() - sinceMs > WAIT_MAX_MS) {
                throw new Violation(Invariant.TICKETS, "nobody is sent for it; " + run);
            }
        });
    }

    private static boolean mayStart(Run run, StoreReader reader) {
        return run.state() == RunState.READY
                && !run.marks().held()
                && reader.job(run.id().job())
                        .flatMap(StoreReader.JobRow::state)
                        .filter(state -> state.phase() == JobPhase.PAUSED)
                        .isEmpty()
                && reader.spec(run.id().job(), run.generation())
                        .filter(spec -> spec.policy().limits().isEmpty())
                        .isPresent();
    }
}
