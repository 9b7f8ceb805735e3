package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The open runs that a batch put or removed, by job. */
final class RunOverlay {
    private final Map<JobId, Map<RunId, Optional<Run>>> touchedByJob = new HashMap<>();

    void put(Run run) {
        touched(run.id()).put(run.id(), Optional.of(run));
    }

    void remove(RunId id) {
        touched(id).put(id, Optional.empty());
    }

    /** Empty: not touched. Present with an empty inside: removed. */
    Optional<Optional<Run>> find(RunId id) {
        Map<RunId, Optional<Run>> touched = touchedByJob.get(id.job());
        return touched == null ? Optional.empty() : Optional.ofNullable(touched.get(id));
    }

    List<Run> over(JobId job, List<Run> committed) {
        Map<RunId, Optional<Run>> touched = touchedByJob.get(job);
        if (touched == null) {
            return committed;
        }
        List<Run> open = new ArrayList<>();
        for (Run run : committed) {
            if (!touched.containsKey(run.id())) {
                open.add(run);
            }
        }
        touched.values().forEach(run -> run.ifPresent(open::add));
        open.sort((a, b) -> a.id().compareTo(b.id()));
        return open;
    }

    void clear() {
        touchedByJob.clear();
    }

    private Map<RunId, Optional<Run>> touched(RunId id) {
        return touchedByJob.computeIfAbsent(id.job(), _ -> new HashMap<>(2));
    }
}
