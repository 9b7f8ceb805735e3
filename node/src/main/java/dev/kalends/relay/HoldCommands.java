package dev.kalends.relay;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Command;
import dev.kalends.partition.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes pauses, backfills and limits of tenants. Field 1 is the request id. */
final class HoldCommands {
    private HoldCommands() {}

    static FieldWriter write(Command.PauseJobs pause) {
        FieldWriter out = jobs(pause.requestId(), pause.jobs());
        out.message(4, write(pause.hold()));
        return out;
    }

    static Command readPauseJobs(FieldReader in) {
        Parts read = new Parts(in);
        return new Command.PauseJobs(read.requestId, read.jobs, read.hold);
    }

    static FieldWriter write(Command.ResumeJobs resume) {
        FieldWriter out = jobs(resume.requestId(), resume.jobs());
        catchUp(out, resume.catchUp());
        return out;
    }

    static Command readResumeJobs(FieldReader in) {
        Parts read = new Parts(in);
        return new Command.ResumeJobs(read.requestId, read.jobs, read.catchUp);
    }

    static FieldWriter write(Command.PauseAll pause) {
        FieldWriter out = tenant(pause.requestId(), pause.tenant());
        out.message(4, write(pause.hold()));
        return out;
    }

    static Command readPauseAll(FieldReader in) {
        Parts read = new Parts(in);
        return new Command.PauseAll(read.requestId, read.tenant, read.hold);
    }

    static FieldWriter write(Command.ResumeAll resume) {
        FieldWriter out = tenant(resume.requestId(), resume.tenant());
        catchUp(out, resume.catchUp());
        return out;
    }

    static Command readResumeAll(FieldReader in) {
        Parts read = new Parts(in);
        return new Command.ResumeAll(read.requestId, read.tenant, read.catchUp);
    }

    private static FieldWriter jobs(String requestId, List<JobId> jobs) {
        FieldWriter out = new FieldWriter();
        out.text(1, requestId);
        jobs.forEach(job -> out.presentNumber(2, job.value()));
        return out;
    }

    private static FieldWriter tenant(String requestId, Optional<String> tenant) {
        FieldWriter out = new FieldWriter();
        out.text(1, requestId);
        out.text(3, tenant);
        return out;
    }

    private static void catchUp(FieldWriter out, Optional<CatchUp> catchUp) {
        catchUp.ifPresent(policy -> out.presentNumber(5, CommandCodec.CATCH_UP.code(policy)));
    }

    private static FieldWriter write(Command.Hold hold) {
        FieldWriter out = new FieldWriter();
        hold.forMs().ifPresent(ms -> out.presentNumber(1, ms));
        out.text(2, hold.reason());
        return out;
    }

    private static Command.Hold readHold(FieldReader in) {
        Optional<Long> forMs = Optional.empty();
        Optional<String> reason = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> forMs = Optional.of(in.number());
                case 2 -> reason = Optional.of(in.text());
                default -> in.skip();
            }
        }
        return new Command.Hold(forMs, reason);
    }

    /** What pauses and resumptions are read into. */
    private static final class Parts {
        private String requestId = "";
        private final List<JobId> jobs = new ArrayList<>();
        private Optional<String> tenant = Optional.empty();
        private Command.Hold hold = new Command.Hold(Optional.empty(), Optional.empty());
        private Optional<CatchUp> catchUp = Optional.empty();

        Parts(FieldReader in) {
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> requestId = in.text();
                    case 2 -> jobs.add(CommandCodec.job(in));
                    case 3 -> tenant = Optional.of(in.text());
                    case 4 -> hold = readHold(in.message());
                    case 5 -> catchUp = Optional.of(CommandCodec.CATCH_UP.read(in));
                    default -> in.skip();
                }
            }
        }
    }

    static FieldWriter write(Command.Backfill backfill) {
        FieldWriter out = new FieldWriter();
        out.text(1, backfill.requestId());
        out.number(2, backfill.job().value());
        out.signed(3, backfill.fromMs());
        out.signed(4, backfill.untilMs());
        out.number(5, backfill.perSec());
        return out;
    }

    static Command readBackfill(FieldReader in) {
        String requestId = "";
        JobId job = new JobId(0);
        long fromMs = 0;
        long untilMs = 0;
        int perSec = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> job = CommandCodec.job(in);
                case 3 -> fromMs = in.signed();
                case 4 -> untilMs = in.signed();
                case 5 -> perSec = in.small();
                default -> in.skip();
            }
        }
        return new Command.Backfill(requestId, job, fromMs, untilMs, perSec);
    }

    static FieldWriter write(Command.CancelBackfill cancel) {
        FieldWriter out = new FieldWriter();
        out.text(1, cancel.requestId());
        out.number(2, cancel.job().value());
        return out;
    }

    static Command readCancelBackfill(FieldReader in) {
        String requestId = "";
        JobId job = new JobId(0);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> job = CommandCodec.job(in);
                default -> in.skip();
            }
        }
        return new Command.CancelBackfill(requestId, job);
    }

    static FieldWriter write(Command.SetTenant set) {
        FieldWriter out = new FieldWriter();
        out.text(1, set.requestId());
        out.message(2, Codec.encode(set.tenant()));
        return out;
    }

    static Command readSetTenant(FieldReader in) {
        String requestId = "";
        Optional<Tenant> tenant = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> tenant = Optional.of(Codec.decodeTenant(in.bytes()));
                default -> in.skip();
            }
        }
        return new Command.SetTenant(
                requestId, tenant.orElseThrow(() -> FieldReader.damaged("limits of nobody; tenants=0")));
    }

    static FieldWriter write(Command.FinalizeLevel level) {
        FieldWriter out = new FieldWriter();
        out.text(1, level.requestId());
        out.number(2, level.level());
        return out;
    }

    static Command readFinalizeLevel(FieldReader in) {
        String requestId = "";
        int level = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> level = in.small();
                default -> in.skip();
            }
        }
        return new Command.FinalizeLevel(requestId, level);
    }

    static FieldWriter write(Command.Note note) {
        FieldWriter out = new FieldWriter();
        Deed deed = note.deed();
        out.text(1, note.requestId());
        out.number(2, deed.atMs());
        out.text(3, deed.who());
        out.text(4, deed.verb());
        out.text(5, deed.subject());
        out.text(6, deed.tenant());
        out.text(7, deed.detail());
        return out;
    }

    static Command readNote(FieldReader in) {
        String requestId = "";
        long atMs = 0;
        String who = "";
        String verb = "";
        String subject = "";
        String tenant = "";
        String detail = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> atMs = in.number();
                case 3 -> who = in.text();
                case 4 -> verb = in.text();
                case 5 -> subject = in.text();
                case 6 -> tenant = in.text();
                case 7 -> detail = in.text();
                default -> in.skip();
            }
        }
        return new Command.Note(requestId, new Deed(atMs, who, verb, subject, tenant, detail));
    }
}
