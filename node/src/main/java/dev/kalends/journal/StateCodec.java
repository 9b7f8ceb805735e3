package dev.kalends.journal;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Pause;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import java.util.Optional;

/** Encodes the state of jobs and the ledger. */
final class StateCodec {
    private static final EnumCode<JobPhase> PHASE =
            new EnumCode<>(JobPhase.class, JobPhase.SCHEDULED, JobPhase.PAUSED, JobPhase.FINISHED, JobPhase.CANCELLED);

    private StateCodec() {}

    static FieldWriter write(JobState state, JobId understood) {
        FieldWriter out = new FieldWriter();
        if (!state.id().equals(understood)) {
            out.presentNumber(1, state.id().value());
        }
        if (state.generation() != 1) {
            out.presentNumber(2, state.generation());
        }
        PHASE.write(out, 3, state.phase());
        out.number(4, state.phaseSinceMs());
        out.number(5, state.lastNominalMs() + 1);
        state.next().ifPresent(next -> out.message(6, write(next)));
        out.number(7, state.fired());
        out.number(8, state.numbers().manual());
        out.number(9, state.revision());
        state.lastRun().ifPresent(run -> out.message(10, RunCodec.write(run, state.id())));
        state.paused().ifPresent(paused -> {
            out.message(11, PauseCodec.write(paused.why()));
            paused.next().ifPresent(next -> out.message(12, write(next)));
        });
        out.number(13, state.numbers().backfill());
        return out;
    }

    static JobState read(FieldReader in, JobId understood) {
        JobId id = understood;
        int generation = 1;
        JobPhase phase = PHASE.first();
        long phaseSinceMs = 0;
        long lastNominalMs = -1;
        Optional<NextFire> next = Optional.empty();
        int fired = 0;
        int manual = 0;
        long revision = 0;
        int backfill = 0;
        Optional<RunId> lastRun = Optional.empty();
        Optional<Pause> why = Optional.empty();
        Optional<NextFire> held = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = new JobId(in.number());
                case 2 -> generation = in.small();
                case 3 -> phase = PHASE.read(in);
                case 4 -> phaseSinceMs = in.number();
                case 5 -> lastNominalMs = in.number() - 1;
                case 6 -> next = Optional.of(readNext(in.message()));
                case 7 -> fired = in.small();
                case 8 -> manual = in.small();
                case 9 -> revision = in.number();
                case 10 -> lastRun = Optional.of(RunCodec.readId(in.message(), id));
                case 11 -> why = Optional.of(PauseCodec.readPause(in.message()));
                case 12 -> held = Optional.of(readNext(in.message()));
                case 13 -> backfill = in.small();
                default -> in.skip();
            }
        }
        Optional<NextFire> heldBack = held;
        return new JobState(
                id,
                generation,
                phase,
                phaseSinceMs,
                lastNominalMs,
                next,
                why.map(pause -> new JobState.Paused(pause, heldBack)),
                fired,
                new JobState.Numbers(manual, backfill),
                revision,
                lastRun);
    }

    private static FieldWriter write(NextFire next) {
        FieldWriter out = new FieldWriter();
        out.number(1, next.nominalMs());
        out.signed(2, next.dueMs() - next.nominalMs());
        return out;
    }

    private static NextFire readNext(FieldReader in) {
        long nominalMs = 0;
        long movedMs = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> nominalMs = in.number();
                case 2 -> movedMs = in.signed();
                default -> in.skip();
            }
        }
        return new NextFire(nominalMs, nominalMs + movedMs);
    }

    static FieldWriter write(LedgerLine line, JobId understood) {
        FieldWriter out = new FieldWriter();
        if (!line.job().equals(understood)) {
            out.presentNumber(1, line.job().value());
        }
        out.number(2, line.fromMs());
        out.number(3, line.toMs() - line.fromMs());
        out.number(4, line.count());
        RunCodec.STATE.write(out, 5, line.verdict());
        out.text(6, line.reason());
        return out;
    }

    static LedgerLine readLedger(FieldReader in, JobId understood) {
        JobId job = understood;
        long fromMs = 0;
        long lengthMs = 0;
        long count = 0;
        RunState verdict = RunCodec.STATE.first();
        Optional<String> reason = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> job = new JobId(in.number());
                case 2 -> fromMs = in.number();
                case 3 -> lengthMs = in.number();
                case 4 -> count = in.number();
                case 5 -> verdict = RunCodec.STATE.read(in);
                case 6 -> reason = Optional.of(in.text());
                default -> in.skip();
            }
        }
        return new LedgerLine(job, fromMs, fromMs + lengthMs, count, verdict, reason);
    }
}
