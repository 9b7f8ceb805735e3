package dev.kalends.cli.plan;

import dev.kalends.api.SimulateAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What may be done about what a simulation showed, where that is plain: at most one word a job, a few in all. */
final class SimulateHints {
    private static final int HINTS_MAX = 5;

    private SimulateHints() {}

    static List<String> of(SimulateAnswer answer) {
        List<String> hints = new ArrayList<>();
        for (SimulateAnswer.Job job : answer.jobs()) {
            if (hints.size() < HINTS_MAX) {
                hint(job).ifPresent(hints::add);
            }
        }
        return hints;
    }

    private static Optional<String> hint(SimulateAnswer.Job job) {
        String name = SimulateReport.display(job);
        boolean once = job.schedule().equals("once");
        if (once && job.counts().missed() > 0) {
            return Optional.of(name + " is not run at all: a longer --deadline lets it run late");
        }
        if (job.counts().missed() > 0 && job.catchUp().equals("last")) {
            return Optional.of(name + " makes up for its last fire only: --catch-up all makes up for each, one after"
                    + " the other");
        }
        if (job.counts().missed() > 0 && job.catchUp().equals("none")) {
            return Optional.of(name + " makes up for nothing: --catch-up last runs it once when a node serves again");
        }
        boolean overlapping = job.verdicts().stream()
                .anyMatch(verdict ->
                        verdict.verdict().equals("skipped") && "an earlier run is still open".equals(verdict.reason()));
        if (overlapping && job.overlap().equals("skip")) {
            return Optional.of(name + " skips fires while a run is open: --overlap queue lets one wait");
        }
        return Optional.empty();
    }
}
