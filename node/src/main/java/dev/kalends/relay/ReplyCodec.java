package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LeaseId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The binary form of replies, on their way back. A message has exactly one field, which says the reply's kind; {@code
 * relay.proto} lists them. Reading throws {@link ApiException} as {@link CommandCodec} does.
 */
public final class ReplyCodec {
    /** Longest encoding of one reply: as many grants of the largest jobs as a relayed claim may ask for. */
    public static final int REPLY_BYTES_MAX = 64 * 1024 * 1024;

    private static final String REPLY = "reply";
    private static final JobId NO_JOB = new JobId(0);

    private static final int SUBMITTED = 1;
    private static final int ACTED = 2;
    private static final int CLAIMED = 3;
    private static final int RENEWED = 4;
    private static final int REPORTED = 5;
    private static final int REFUSED = 6;
    private static final int DONE = 7;

    private ReplyCodec() {}

    /** The reply's bytes; {@code invalid} when there are too many of them. */
    public static byte[] encode(Reply reply) {
        FieldWriter out = new FieldWriter();
        switch (reply) {
            case Reply.Submitted submitted -> out.message(SUBMITTED, write(submitted));
            case Reply.Acted acted -> out.message(ACTED, write(acted));
            case Reply.Claimed claimed -> out.message(CLAIMED, write(claimed));
            case Reply.Renewed renewed -> out.message(RENEWED, write(renewed));
            case Reply.Reported reported -> out.message(REPORTED, write(reported));
            case Reply.Refused refused -> out.message(REFUSED, write(refused));
            case Reply.Done _ -> out.message(DONE, new FieldWriter());
        }
        return Message.bounded(out, REPLY_BYTES_MAX, REPLY);
    }

    /** The reply of some bytes. */
    public static Reply decode(byte[] bytes) {
        return Message.read(bytes, REPLY_BYTES_MAX, REPLY, ReplyCodec::read);
    }

    private static Reply read(FieldReader in) {
        Optional<Reply> reply = Optional.empty();
        int unknown = 0;
        while (in.next()) {
            Optional<Reply> next = kind(in);
            if (next.isEmpty()) {
                unknown = in.field();
            } else if (reply.isPresent()) {
                throw FieldReader.damaged("one message is one reply; field=" + in.field());
            } else {
                reply = next;
            }
        }
        if (reply.isPresent()) {
            return reply.get();
        }
        throw unknown > 0 ? Message.unknown(REPLY, unknown) : FieldReader.damaged("a message says nothing; fields=0");
    }

    private static Optional<Reply> kind(FieldReader in) {
        return switch (in.field()) {
            case SUBMITTED -> Optional.of(readSubmitted(in.message()));
            case ACTED -> Optional.of(readActed(in.message()));
            case CLAIMED -> Optional.of(readClaimed(in.message()));
            case RENEWED -> Optional.of(readRenewed(in.message()));
            case REPORTED -> Optional.of(readReported(in.message()));
            case REFUSED -> Optional.of(readRefused(in.message()));
            case DONE -> {
                in.skip();
                yield Optional.of(new Reply.Done());
            }
            default -> {
                in.skip();
                yield Optional.empty();
            }
        };
    }

    private static FieldWriter write(Reply.Submitted submitted) {
        FieldWriter out = new FieldWriter();
        submitted.lines().forEach(line -> out.message(1, write(line)));
        return out;
    }

    private static Reply readSubmitted(FieldReader in) {
        List<Reply.Line> lines = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                lines.add(readLine(in.message()));
            } else {
                in.skip();
            }
        }
        return new Reply.Submitted(lines);
    }

    private static FieldWriter write(Reply.Line line) {
        FieldWriter out = new FieldWriter();
        line.job().ifPresent(job -> out.presentNumber(1, job.value()));
        if (line.nextDueMs() != -1) {
            out.presentSigned(2, line.nextDueMs());
        }
        if (line.created()) {
            out.mark(3);
        }
        line.refused().ifPresent(refused -> out.message(4, write(refused)));
        return out;
    }

    private static Reply.Line readLine(FieldReader in) {
        Optional<JobId> job = Optional.empty();
        long nextDueMs = -1;
        boolean created = false;
        Optional<Reply.Refused> refused = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> job = Optional.of(CommandCodec.job(in));
                case 2 -> nextDueMs = in.signed();
                case 3 -> created = in.mark();
                case 4 -> refused = Optional.of(readRefused(in.message()));
                default -> in.skip();
            }
        }
        return new Reply.Line(job, nextDueMs, created, refused);
    }

    private static FieldWriter write(Reply.Refused refused) {
        FieldWriter out = new FieldWriter();
        out.text(1, refused.code().name());
        out.text(2, refused.message());
        out.text(3, refused.hint());
        return out;
    }

    private static Reply.Refused readRefused(FieldReader in) {
        ErrorCode code = ErrorCode.INTERNAL;
        String message = "";
        String hint = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> code = code(in.text());
                case 2 -> message = in.text();
                case 3 -> hint = in.text();
                default -> in.skip();
            }
        }
        return new Reply.Refused(code, message, hint);
    }

    /** A code by its name; one that only a newer build knows is {@code internal}. */
    static ErrorCode code(String name) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }

    private static FieldWriter write(Reply.Acted acted) {
        FieldWriter out = new FieldWriter();
        for (Reply.Act act : acted.acts()) {
            FieldWriter one = new FieldWriter();
            one.text(1, act.id());
            one.text(2, act.outcome());
            one.text(3, act.detail());
            Message.runs(one, 4, act.runs());
            out.message(1, one);
        }
        return out;
    }

    private static Reply readActed(FieldReader in) {
        List<Reply.Act> acts = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                acts.add(readAct(in.message()));
            } else {
                in.skip();
            }
        }
        return new Reply.Acted(acts);
    }

    private static Reply.Act readAct(FieldReader in) {
        String id = "";
        String outcome = "";
        String detail = "";
        List<RunId> runs = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.text();
                case 2 -> outcome = in.text();
                case 3 -> detail = in.text();
                case 4 -> runs.add(Message.run(in));
                default -> in.skip();
            }
        }
        return new Reply.Act(id, outcome, detail, runs);
    }

    private static FieldWriter write(Reply.Claimed claimed) {
        FieldWriter out = new FieldWriter();
        for (Reply.Granted granted : claimed.grants()) {
            FieldWriter one = new FieldWriter();
            one.message(1, Codec.encode(granted.run(), NO_JOB));
            one.message(2, Codec.encode(granted.spec()));
            out.message(1, one);
        }
        out.number(2, claimed.more() ? 1 : 0);
        out.number(3, claimed.agoMs());
        Message.leases(out, 4, claimed.doubted());
        return out;
    }

    private static Reply readClaimed(FieldReader in) {
        List<Reply.Granted> grants = new ArrayList<>();
        boolean more = false;
        long agoMs = 0;
        List<LeaseId> doubted = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> grants.add(readGranted(in.message()));
                case 2 -> more = in.number() != 0;
                case 3 -> agoMs = in.number();
                case 4 -> doubted.add(Message.lease(in.message()));
                default -> in.skip();
            }
        }
        return new Reply.Claimed(List.copyOf(grants), more, agoMs, doubted);
    }

    private static Reply.Granted readGranted(FieldReader in) {
        Optional<Run> run = Optional.empty();
        Optional<JobSpec> spec = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> run = Optional.of(Codec.decodeRun(in.bytes(), NO_JOB));
                case 2 -> spec = Optional.of(Codec.decodeSpec(in.bytes()));
                default -> in.skip();
            }
        }
        if (run.isEmpty() || spec.isEmpty()) {
            throw FieldReader.damaged("a grant needs a run and a spec; grants=0");
        }
        return new Reply.Granted(run.get(), spec.get());
    }

    private static FieldWriter write(Reply.Renewed renewed) {
        FieldWriter out = new FieldWriter();
        Message.runs(out, 1, renewed.lost());
        Message.runs(out, 2, renewed.cancel());
        out.number(3, renewed.agoMs());
        return out;
    }

    private static Reply readRenewed(FieldReader in) {
        List<RunId> lost = new ArrayList<>();
        List<RunId> cancel = new ArrayList<>();
        long agoMs = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> lost.add(Message.run(in));
                case 2 -> cancel.add(Message.run(in));
                case 3 -> agoMs = in.number();
                default -> in.skip();
            }
        }
        return new Reply.Renewed(lost, cancel, agoMs);
    }

    private static FieldWriter write(Reply.Reported reported) {
        FieldWriter out = new FieldWriter();
        for (Reply.Verdict verdict : reported.verdicts()) {
            out.message(1, VerdictCodec.write(verdict));
        }
        return out;
    }

    private static Reply readReported(FieldReader in) {
        List<Reply.Verdict> verdicts = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                verdicts.add(VerdictCodec.read(in.message()));
            } else {
                in.skip();
            }
        }
        return new Reply.Reported(verdicts);
    }
}
