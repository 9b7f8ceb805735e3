package dev.kalends.relay;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Command;
import dev.kalends.partition.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes commands about single jobs and runs. Field 1 is the request id, field 2 whom it is about. */
final class JobCommands {
    private JobCommands() {}

    static FieldWriter write(Command.Submit submit) {
        FieldWriter out = new FieldWriter();
        out.text(1, submit.requestId());
        out.fixed(2, submit.bodyHash());
        submit.drafts().forEach(draft -> out.message(3, DraftCodec.write(draft)));
        return out;
    }

    static Command readSubmit(FieldReader in) {
        String requestId = "";
        long bodyHash = 0;
        List<Draft> drafts = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> bodyHash = in.fixed();
                case 3 -> drafts.add(DraftCodec.read(in.message()));
                default -> in.skip();
            }
        }
        return new Command.Submit(requestId, bodyHash, drafts);
    }

    static FieldWriter write(Command.Edit edit) {
        FieldWriter out = new FieldWriter();
        out.text(1, edit.requestId());
        out.number(2, edit.job().value());
        out.number(3, edit.generation());
        out.message(4, DraftCodec.write(edit.draft()));
        return out;
    }

    static Command readEdit(FieldReader in) {
        String requestId = "";
        JobId job = new JobId(0);
        int generation = 0;
        Optional<Draft> draft = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> job = CommandCodec.job(in);
                case 3 -> generation = in.small();
                case 4 -> draft = Optional.of(DraftCodec.read(in.message()));
                default -> in.skip();
            }
        }
        return new Command.Edit(
                requestId,
                job,
                generation,
                draft.orElseThrow(() -> FieldReader.damaged("an edit says nothing; drafts=0")));
    }

    static FieldWriter write(Command.Cancel cancel) {
        FieldWriter out = new FieldWriter();
        out.text(1, cancel.requestId());
        out.number(2, cancel.job().value());
        CommandCodec.STOP.write(out, 3, cancel.stop());
        return out;
    }

    static Command readCancel(FieldReader in) {
        String requestId = "";
        JobId job = new JobId(0);
        Command.Stop stop = CommandCodec.STOP.first();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> job = CommandCodec.job(in);
                case 3 -> stop = CommandCodec.STOP.read(in);
                default -> in.skip();
            }
        }
        return new Command.Cancel(requestId, job, stop);
    }

    static FieldWriter write(Command.CancelRun cancel) {
        FieldWriter out = runs(cancel.requestId(), List.of(cancel.run()));
        CommandCodec.STOP.write(out, 3, cancel.stop());
        return out;
    }

    static Command readCancelRun(FieldReader in) {
        Runs read = new Runs();
        Command.Stop stop = CommandCodec.STOP.first();
        while (in.next()) {
            if (in.field() == 3) {
                stop = CommandCodec.STOP.read(in);
            } else {
                read.field(in);
            }
        }
        return new Command.CancelRun(read.requestId, read.one(), stop);
    }

    static FieldWriter write(Command.Trigger trigger) {
        FieldWriter out = new FieldWriter();
        out.text(1, trigger.requestId());
        out.number(2, trigger.job().value());
        CommandCodec.FORCE.write(out, 3, trigger.force());
        return out;
    }

    static Command readTrigger(FieldReader in) {
        String requestId = "";
        JobId job = new JobId(0);
        Command.Force force = CommandCodec.FORCE.first();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> job = CommandCodec.job(in);
                case 3 -> force = CommandCodec.FORCE.read(in);
                default -> in.skip();
            }
        }
        return new Command.Trigger(requestId, job, force);
    }

    static FieldWriter write(Command.Rerun rerun) {
        return runs(rerun.requestId(), List.of(rerun.run()));
    }

    static Command readRerun(FieldReader in) {
        Runs read = Runs.all(in);
        return new Command.Rerun(read.requestId, read.one());
    }

    static FieldWriter write(Command.Release release) {
        return runs(release.requestId(), List.of(release.run()));
    }

    static Command readRelease(FieldReader in) {
        Runs read = Runs.all(in);
        return new Command.Release(read.requestId, read.one());
    }

    static FieldWriter write(Command.Redrive redrive) {
        return runs(redrive.requestId(), redrive.runs());
    }

    static Command readRedrive(FieldReader in) {
        Runs read = Runs.all(in);
        return new Command.Redrive(read.requestId, read.runs);
    }

    static FieldWriter write(Command.Discard discard) {
        return runs(discard.requestId(), discard.runs());
    }

    static Command readDiscard(FieldReader in) {
        Runs read = Runs.all(in);
        return new Command.Discard(read.requestId, read.runs);
    }

    private static FieldWriter runs(String requestId, List<RunId> runs) {
        FieldWriter out = new FieldWriter();
        out.text(1, requestId);
        runs.forEach(run -> out.message(2, Codec.encode(run)));
        return out;
    }

    /** What is read of a command about runs. */
    private static final class Runs {
        private String requestId = "";
        private final List<RunId> runs = new ArrayList<>();

        static Runs all(FieldReader in) {
            Runs read = new Runs();
            while (in.next()) {
                read.field(in);
            }
            return read;
        }

        void field(FieldReader in) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> runs.add(Codec.decodeRunId(in.bytes()));
                default -> in.skip();
            }
        }

        RunId one() {
            if (runs.size() != 1) {
                throw FieldReader.damaged("this is about one run; runs=" + runs.size());
            }
            return runs.getFirst();
        }
    }
}
