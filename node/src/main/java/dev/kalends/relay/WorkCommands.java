package dev.kalends.relay;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.LeaseId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Codec;
import dev.kalends.journal.EnumCode;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Command;
import dev.kalends.partition.Finished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes what workers ask: claims, renewals, reports. Field 1 is the worker's id. */
final class WorkCommands {
    private static final EnumCode<AttemptEnd> END = new EnumCode<>(
            AttemptEnd.class,
            AttemptEnd.SUCCEEDED,
            AttemptEnd.FAILED,
            AttemptEnd.TIMED_OUT,
            AttemptEnd.LOST,
            AttemptEnd.CANCELLED);

    private WorkCommands() {}

    static FieldWriter write(Command.Claim claim) {
        FieldWriter out = new FieldWriter();
        out.text(1, claim.worker());
        claim.queues().forEach(queue -> out.presentText(2, queue));
        out.number(3, claim.free());
        // What would come on top is not asked for: an answer that is relayed has its bound.
        return out;
    }

    static Command readClaim(FieldReader in) {
        String worker = "";
        List<String> queues = new ArrayList<>();
        int free = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> worker = in.text();
                case 2 -> queues.add(in.text());
                case 3 -> free = in.small();
                default -> in.skip();
            }
        }
        return new Command.Claim(worker, queues, free);
    }

    static FieldWriter write(Command.Renew renew) {
        FieldWriter out = new FieldWriter();
        out.text(1, renew.worker());
        renew.held().forEach(held -> out.message(2, write(held)));
        Message.leases(out, 3, renew.disowned());
        return out;
    }

    static Command readRenew(FieldReader in) {
        String worker = "";
        List<Command.Held> held = new ArrayList<>();
        List<LeaseId> disowned = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> worker = in.text();
                case 2 -> held.add(readHeld(in.message()));
                case 3 -> disowned.add(Message.lease(in.message()));
                default -> in.skip();
            }
        }
        return new Command.Renew(worker, held, disowned);
    }

    private static FieldWriter write(Command.Held held) {
        FieldWriter out = new FieldWriter();
        out.message(1, Codec.encode(held.run()));
        out.number(2, held.token());
        out.signed(3, held.startedMs());
        return out;
    }

    private static Command.Held readHeld(FieldReader in) {
        Optional<RunId> run = Optional.empty();
        long token = 0;
        long startedMs = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> run = Optional.of(Message.run(in));
                case 2 -> token = in.number();
                case 3 -> startedMs = in.signed();
                default -> in.skip();
            }
        }
        return new Command.Held(Message.whose(run), token, startedMs);
    }

    static FieldWriter write(Command.Report report) {
        FieldWriter out = new FieldWriter();
        out.text(1, report.worker());
        report.reports().forEach(finished -> out.message(2, write(finished)));
        return out;
    }

    static Command readReport(FieldReader in) {
        String worker = "";
        List<Finished> reports = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> worker = in.text();
                case 2 -> reports.add(readFinished(in.message()));
                default -> in.skip();
            }
        }
        return new Command.Report(worker, reports);
    }

    private static FieldWriter write(Finished finished) {
        FieldWriter out = new FieldWriter();
        out.message(1, Codec.encode(finished.run()));
        out.number(2, finished.series());
        out.number(3, finished.attempt());
        out.number(4, finished.token());
        END.write(out, 5, finished.end());
        out.signed(6, finished.startedMs());
        out.signed(7, finished.finishedMs());
        finished.exitCode().ifPresent(code -> out.presentSigned(8, code));
        out.text(9, finished.error());
        out.number(10, finished.retryAfterMs());
        return out;
    }

    private static Finished readFinished(FieldReader in) {
        Optional<RunId> run = Optional.empty();
        int series = 0;
        int attempt = 0;
        long token = 0;
        AttemptEnd end = END.first();
        long startedMs = 0;
        long finishedMs = 0;
        Optional<Integer> exitCode = Optional.empty();
        Optional<String> error = Optional.empty();
        long retryAfterMs = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> run = Optional.of(Message.run(in));
                case 2 -> series = in.small();
                case 3 -> attempt = in.small();
                case 4 -> token = in.number();
                case 5 -> end = END.read(in);
                case 6 -> startedMs = in.signed();
                case 7 -> finishedMs = in.signed();
                case 8 -> exitCode = Optional.of(Math.toIntExact(in.signed()));
                case 9 -> error = Optional.of(in.text());
                case 10 -> retryAfterMs = in.number();
                default -> in.skip();
            }
        }
        return new Finished(
                Message.whose(run), series, attempt, token, end, startedMs, finishedMs, exitCode, error, retryAfterMs);
    }
}
