package dev.kalends.verdict;

import dev.kalends.job.RunId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One verdict.
 *
 * @param why in words, without the subject: {@code an earlier run was still open}; empty where the verdict says it all
 * @param stages where the time from due to the first start went, as far as it is recorded; in the order of time
 * @param behind the run that it waited for, or was skipped for
 * @param beforeMs the last nominal instant before it, when it is none itself
 * @param afterMs the first nominal instant after it, when it is none itself
 */
public record Judgement(
        Verdict verdict,
        String why,
        List<Stage> stages,
        Optional<RunId> behind,
        OptionalLong beforeMs,
        OptionalLong afterMs) {
    public Judgement {
        stages = List.copyOf(stages);
    }

    /** A part of the way from due to start: wheel, catch-up, overlap, queue or start. */
    public record Stage(String name, long ms) {}

    static Judgement of(Verdict verdict, String why) {
        return new Judgement(verdict, why, List.of(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    Judgement behind(Optional<RunId> run) {
        return new Judgement(verdict, why, stages, run, beforeMs, afterMs);
    }

    Judgement between(OptionalLong earlierMs, OptionalLong laterMs) {
        return new Judgement(verdict, why, stages, behind, earlierMs, laterMs);
    }

    Judgement after(List<Stage> newStages) {
        return new Judgement(verdict, why, newStages, behind, beforeMs, afterMs);
    }

    /** The stage that took longest; empty when nothing has started or all of it took no time. */
    public Optional<Stage> slowest() {
        return stages.stream().filter(stage -> stage.ms() > 0).max(java.util.Comparator.comparingLong(Stage::ms));
    }

    /** From due to the first start, or up to now while it has not started. */
    public long lateMs() {
        return stages.stream().mapToLong(Stage::ms).sum();
    }
}
