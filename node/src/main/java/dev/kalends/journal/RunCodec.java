package dev.kalends.journal;

import dev.kalends.job.Attempt;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.Lease;
import dev.kalends.job.Policy;
import dev.kalends.job.Priority;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.StopAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes runs, their attempts and dead letters; instants are kept as distances from one another. */
final class RunCodec {
    static final EnumCode<RunState> STATE = new EnumCode<>(
            RunState.class,
            RunState.READY,
            RunState.LEASED,
            RunState.RETRYING,
            RunState.SUCCEEDED,
            RunState.DEAD,
            RunState.CANCELLED,
            RunState.SKIPPED,
            RunState.MISSED);
    private static final EnumCode<StopAsked> STOP =
            new EnumCode<>(StopAsked.class, StopAsked.NO, StopAsked.BY_CANCEL, StopAsked.BY_REPLACEMENT);
    private static final EnumCode<AttemptEnd> END = new EnumCode<>(
            AttemptEnd.class,
            AttemptEnd.SUCCEEDED,
            AttemptEnd.FAILED,
            AttemptEnd.TIMED_OUT,
            AttemptEnd.LOST,
            AttemptEnd.CANCELLED);

    /** An instant that has not come. */
    private static final long NOT_YET = -1;

    private RunCodec() {}

    /** A run id; the job is left out where it is the one that is understood. */
    static FieldWriter write(RunId id, JobId understood) {
        FieldWriter out = new FieldWriter();
        if (!id.job().equals(understood)) {
            out.presentNumber(1, id.job().value());
        }
        out.number(2, id.nominalMs());
        out.number(3, id.kind().code());
        out.number(4, id.number());
        return out;
    }

    static RunId readId(FieldReader in, JobId understood) {
        JobId job = understood;
        long nominalMs = 0;
        RunKind kind = RunKind.SCHEDULED;
        int number = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> job = new JobId(in.number());
                case 2 -> nominalMs = in.number();
                case 3 -> kind = RunKind.ofCode(in.small());
                case 4 -> number = in.small();
                default -> in.skip();
            }
        }
        return new RunId(job, nominalMs, kind, number);
    }

    static FieldWriter write(Run run, JobId understood) {
        FieldWriter out = new FieldWriter();
        out.message(1, write(run.id(), understood));
        if (run.generation() != 1) {
            out.presentNumber(2, run.generation());
        }
        STATE.write(out, 3, run.state());
        PolicyCodec.writeName(out, 4, run.route().tenant(), JobName.DEFAULT_TENANT);
        PolicyCodec.writeName(out, 5, run.route().queue(), Policy.DEFAULT_QUEUE);
        PolicyCodec.PRIORITY.write(out, 6, run.route().priority());
        long dueMs = run.times().dueMs();
        out.signed(7, dueMs - run.id().nominalMs());
        instant(out, 8, run.times().firedMs(), dueMs);
        instant(out, 9, run.times().startedMs(), dueMs);
        instant(out, 10, run.times().finishedMs(), dueMs);
        if (run.series() != 1) {
            out.presentNumber(11, run.series());
        }
        out.number(12, run.attempt());
        if (run.wakeMs() != 0) {
            out.presentSigned(13, run.wakeMs() - dueMs);
        }
        run.lease().ifPresent(lease -> out.message(14, write(lease)));
        writeMarks(out, run.marks());
        run.attempts().forEach(attempt -> out.message(19, write(attempt)));
        out.text(20, run.reason());
        return out;
    }

    static Run read(FieldReader in, JobId understood) {
        return new RunParts(understood).read(in);
    }

    /** What is read of a run so far; instants are distances until the end. */
    private static final class RunParts {
        private RunId id;
        private int generation = 1;
        private RunState state = STATE.first();
        private String tenant = JobName.DEFAULT_TENANT;
        private String queue = Policy.DEFAULT_QUEUE;
        private Priority priority = PolicyCodec.PRIORITY.first();
        private long dueAfterNominalMs;
        private Optional<Long> firedAfterMs = Optional.empty();
        private Optional<Long> startedAfterMs = Optional.empty();
        private Optional<Long> finishedAfterMs = Optional.empty();
        private int series = 1;
        private int attempt;
        private Optional<Long> wakeAfterMs = Optional.empty();
        private Optional<Lease> lease = Optional.empty();
        private boolean held;
        private StopAsked stop = STOP.first();
        private boolean catchUp;
        private boolean forced;
        private final List<Attempt> attempts = new ArrayList<>();
        private Optional<String> reason = Optional.empty();

        RunParts(JobId understood) {
            id = RunId.scheduled(understood, 0);
        }

        Run read(FieldReader in) {
            JobId understood = id.job();
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> id = readId(in.message(), understood);
                    case 2 -> generation = in.small();
                    case 3 -> state = STATE.read(in);
                    case 4 -> tenant = in.text();
                    case 5 -> queue = in.text();
                    case 6 -> priority = PolicyCodec.PRIORITY.read(in);
                    case 7 -> dueAfterNominalMs = in.signed();
                    case 8 -> firedAfterMs = Optional.of(in.signed());
                    case 9 -> startedAfterMs = Optional.of(in.signed());
                    case 10 -> finishedAfterMs = Optional.of(in.signed());
                    case 11 -> series = in.small();
                    case 12 -> attempt = in.small();
                    case 13 -> wakeAfterMs = Optional.of(in.signed());
                    case 14 -> lease = Optional.of(readLease(in.message()));
                    case 16 -> held = in.mark();
                    case 17 -> stop = STOP.read(in);
                    case 18 -> catchUp = in.mark();
                    case 19 -> attempts.add(readAttempt(in.message()));
                    case 20 -> reason = Optional.of(in.text());
                    case 21 -> forced = in.mark();
                    default -> in.skip();
                }
            }
            return run();
        }

        private Run run() {
            long dueMs = id.nominalMs() + dueAfterNominalMs;
            Run.Times times = new Run.Times(
                    dueMs, after(dueMs, firedAfterMs), after(dueMs, startedAfterMs), after(dueMs, finishedAfterMs));
            return new Run(
                    id,
                    generation,
                    state,
                    new Run.Route(tenant, queue, priority),
                    times,
                    series,
                    attempt,
                    wakeAfterMs.map(ms -> dueMs + ms).orElse(0L),
                    lease,
                    new Run.Marks(held, stop, catchUp, forced),
                    attempts,
                    reason);
        }

        private static long after(long dueMs, Optional<Long> distanceMs) {
            return distanceMs.map(ms -> dueMs + ms).orElse(NOT_YET);
        }
    }

    private static void instant(FieldWriter out, int field, long atMs, long dueMs) {
        if (atMs != NOT_YET) {
            out.presentSigned(field, atMs - dueMs);
        }
    }

    private static void writeMarks(FieldWriter out, Run.Marks marks) {
        if (marks.held()) {
            out.mark(16);
        }
        STOP.write(out, 17, marks.stop());
        if (marks.catchUp()) {
            out.mark(18);
        }
        if (marks.forced()) {
            out.mark(21);
        }
    }

    private static FieldWriter write(Lease lease) {
        FieldWriter out = new FieldWriter();
        out.number(1, lease.token());
        out.text(2, lease.worker());
        out.number(3, lease.grantedMs());
        if (lease.released()) {
            out.mark(4);
        }
        return out;
    }

    private static Lease readLease(FieldReader in) {
        long token = 0;
        String worker = "";
        long grantedMs = 0;
        boolean released = false;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> token = in.number();
                case 2 -> worker = in.text();
                case 3 -> grantedMs = in.number();
                case 4 -> released = in.mark();
                default -> in.skip();
            }
        }
        return new Lease(token, worker, grantedMs, released);
    }

    static FieldWriter write(Attempt attempt) {
        FieldWriter out = new FieldWriter();
        out.number(1, attempt.number());
        out.number(2, attempt.token());
        out.text(3, attempt.worker());
        out.number(4, attempt.startedMs());
        out.signed(5, attempt.finishedMs() - attempt.startedMs());
        END.write(out, 6, attempt.end());
        attempt.exitCode().ifPresent(code -> out.presentSigned(7, code));
        out.text(8, attempt.error());
        return out;
    }

    static Attempt readAttempt(FieldReader in) {
        int number = 0;
        long token = 0;
        String worker = "";
        long startedMs = 0;
        long tookMs = 0;
        AttemptEnd end = END.first();
        Optional<Integer> exitCode = Optional.empty();
        Optional<String> error = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> number = in.small();
                case 2 -> token = in.number();
                case 3 -> worker = in.text();
                case 4 -> startedMs = in.number();
                case 5 -> tookMs = in.signed();
                case 6 -> end = END.read(in);
                case 7 -> exitCode = Optional.of(Math.toIntExact(in.signed()));
                case 8 -> error = Optional.of(in.text());
                default -> in.skip();
            }
        }
        return new Attempt(number, token, worker, startedMs, startedMs + tookMs, end, exitCode, error);
    }

    static FieldWriter write(DeadLetter letter, JobId understood) {
        FieldWriter out = new FieldWriter();
        out.message(1, write(letter.run(), understood));
        out.text(2, letter.fingerprint());
        out.text(3, letter.error());
        out.number(4, letter.diedMs());
        return out;
    }

    static DeadLetter readDead(FieldReader in, JobId understood) {
        Optional<Run> run = Optional.empty();
        String fingerprint = "";
        String error = "";
        long diedMs = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> run = Optional.of(read(in.message(), understood));
                case 2 -> fingerprint = in.text();
                case 3 -> error = in.text();
                case 4 -> diedMs = in.number();
                default -> in.skip();
            }
        }
        return new DeadLetter(
                run.orElseThrow(() -> FieldReader.damaged("a dead letter without its run")),
                fingerprint,
                error,
                diedMs);
    }
}
