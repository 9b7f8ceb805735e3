package dev.kalends.verdict;

import dev.kalends.job.Lease;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.verdict.Judgement.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the time from due to start went. A run keeps when it was due, decided and first started; while it is leased for
 * the first time, also when it was granted. What lies between decision and start is one stage where no more is kept.
 */
final class Stages {
    private final Facts facts;

    Stages(Facts facts) {
        this.facts = facts;
    }

    List<Stage> of(Run run) {
        List<Stage> stages = new ArrayList<>();
        if (run.id().kind() != RunKind.SCHEDULED || run.times().firedMs() < 0) {
            return stages;
        }
        long atMs = run.times().firedMs();
        stages.add(new Stage(
                run.marks().catchUp() ? "catch-up" : "wheel",
                Math.max(0, atMs - run.times().dueMs())));
        Optional<Long> freedMs = freedMs(run);
        if (freedMs.isPresent()) {
            stages.add(new Stage("overlap", freedMs.get() - atMs));
            atMs = freedMs.get();
        }
        boolean firstLease = run.lease().isPresent() && run.attempts().isEmpty();
        long startedMs = run.times().startedMs();
        if (firstLease) {
            long grantedMs = run.lease().map(Lease::grantedMs).orElse(atMs);
            stages.add(new Stage("queue", Math.max(0, grantedMs - atMs)));
            stages.add(new Stage("start", Math.max(0, (startedMs < 0 ? facts.nowMs() : startedMs) - grantedMs)));
        } else if (startedMs >= 0) {
            stages.add(new Stage("queue", Math.max(0, startedMs - atMs)));
        } else if (!run.state().isTerminal()) {
            stages.add(new Stage(run.marks().held() ? "overlap" : "queue", Math.max(0, facts.nowMs() - atMs)));
        }
        return stages;
    }

    /** The run for which this one waited or waits. */
    Optional<RunId> behind(Run run) {
        return run.marks().held() && !run.state().isTerminal()
                ? facts.beside().stream()
                        .filter(other ->
                                !other.state().isTerminal() && !other.marks().held())
                        .filter(other -> !other.id().equals(run.id()))
                        .map(Run::id)
                        .findFirst()
                : before(run).map(Run::id);
    }

    /** When the run before it ended, if that is what it waited for. */
    private Optional<Long> freedMs(Run run) {
        return before(run).map(other -> other.times().finishedMs());
    }

    private Optional<Run> before(Run run) {
        Overlap overlap = facts.job().ruling().policy().overlap();
        boolean mayWait = overlap == Overlap.QUEUE
                || overlap == Overlap.REPLACE
                || run.marks().catchUp();
        return facts.beside().stream()
                .filter(other -> mayWait && !other.id().equals(run.id()))
                .filter(other -> other.times().firedMs() <= run.times().firedMs())
                .filter(other -> other.times().finishedMs() > run.times().firedMs())
                .filter(other -> other.times().finishedMs() <= run.times().startedMs())
                .max(Comparator.comparingLong(other -> other.times().finishedMs()));
    }
}
