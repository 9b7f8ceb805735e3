package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Lease;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import java.util.List;
import java.util.Optional;

/** Holds what somebody saw against what is: in the decision itself, so that nothing comes in between. */
final class SeenCheck {
    private final Workspace workspace;

    SeenCheck(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The refusal for the first thing that is not as it was seen; what is gone is left to the command to refuse. */
    Optional<Reply.Refused> refusal(List<Seen> seen) {
        return seen.stream().map(this::refusal).flatMap(Optional::stream).findFirst();
    }

    private Optional<Reply.Refused> refusal(Seen seen) {
        return switch (seen) {
            case Seen.JobRevision it -> {
                long revision =
                        workspace.state(it.job()).map(JobState::revision).orElse(1L);
                yield job(it.job(), it.revision(), revision, "revision");
            }
            case Seen.JobGeneration it -> {
                long generation =
                        workspace.spec(it.job()).map(JobSpec::generation).orElse(it.generation());
                yield job(it.job(), it.generation(), generation, "generation");
            }
            case Seen.RunSeries it ->
                run(it.run())
                        .filter(run -> run.series() != it.series())
                        .map(run -> refused(
                                "the run was redriven meanwhile; series=" + run.series() + " seen=" + it.series(),
                                it.run()));
            case Seen.RunToken it -> run(it.run()).flatMap(run -> token(run, it.token()));
        };
    }

    private Optional<Reply.Refused> job(JobId job, long seen, long now, String what) {
        return workspace.spec(job).filter(_ -> seen != now).map(spec -> {
            String why = "the job changed meanwhile; " + what + "=" + now + " seen=" + seen;
            return refused(why, spec.display());
        });
    }

    private Optional<Run> run(RunId run) {
        return workspace.run(run).or(() -> workspace.finished(run));
    }

    private static Optional<Reply.Refused> token(Run run, long seen) {
        if (run.lease().filter(lease -> lease.token() == seen).isPresent()) {
            return Optional.empty();
        }
        String now = run.lease()
                .map(Lease::token)
                .map(token -> "it has another lease; token=" + token)
                .orElse("no worker holds it; state=" + run.state().word());
        return Optional.of(refused("the run changed meanwhile: " + now + " seen=" + seen, run.id()));
    }

    private static Reply.Refused refused(String why, Object what) {
        return new Reply.Refused(ErrorCode.PRECONDITION_FAILED, why, "look at it again: kalends show " + what);
    }
}
