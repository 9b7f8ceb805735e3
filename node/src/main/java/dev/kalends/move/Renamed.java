package dev.kalends.move;

import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;

/** Values with another job's id in them, and all else as it was. */
final class Renamed {
    private Renamed() {}

    static JobSpec spec(JobSpec spec, JobId id) {
        return new JobSpec(
                id,
                spec.generation(),
                spec.name(),
                spec.schedule(),
                spec.window(),
                spec.work(),
                spec.policy(),
                spec.labels(),
                spec.acceptedMs());
    }

    static JobState state(JobState state, JobId id) {
        return new JobState(
                id,
                state.generation(),
                state.phase(),
                state.phaseSinceMs(),
                state.lastNominalMs(),
                state.next(),
                state.paused(),
                state.fired(),
                state.numbers(),
                state.revision(),
                state.lastRun().map(run -> run(run, id)));
    }

    static RunId run(RunId run, JobId id) {
        return new RunId(id, run.nominalMs(), run.kind(), run.number());
    }

    static Run run(Run run, JobId id) {
        return new Run(
                run(run.id(), id),
                run.generation(),
                run.state(),
                run.route(),
                run.times(),
                run.series(),
                run.attempt(),
                run.wakeMs(),
                run.lease(),
                run.marks(),
                run.attempts(),
                run.reason());
    }

    static DeadLetter letter(DeadLetter letter, JobId id) {
        return new DeadLetter(run(letter.run(), id), letter.fingerprint(), letter.error(), letter.diedMs());
    }

    static LedgerLine ledger(LedgerLine line, JobId id) {
        return new LedgerLine(id, line.fromMs(), line.toMs(), line.count(), line.verdict(), line.reason());
    }

    static Backfill backfill(Backfill old, JobId id) {
        return new Backfill(
                id, old.number(), old.generation(), old.nextMs(), old.untilMs(), old.made(), old.total(), old.perSec());
    }
}
