package dev.kalends.relay;

import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Reply;

/** Encodes what became of a report: its kind, and why it was rejected. */
final class VerdictCodec {
    private static final int ACCEPTED = 0;
    private static final int REPEATED = 1;
    private static final int REJECTED = 2;

    private VerdictCodec() {}

    static FieldWriter write(Reply.Verdict verdict) {
        FieldWriter out = new FieldWriter();
        switch (verdict) {
            case Reply.Verdict.Accepted _ -> out.number(1, ACCEPTED);
            case Reply.Verdict.Repeated _ -> out.number(1, REPEATED);
            case Reply.Verdict.Rejected rejected -> {
                out.number(1, REJECTED);
                out.text(2, rejected.why());
            }
        }
        return out;
    }

    static Reply.Verdict read(FieldReader in) {
        int kind = ACCEPTED;
        String why = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> kind = in.small();
                case 2 -> why = in.text();
                default -> in.skip();
            }
        }
        return switch (kind) {
            case ACCEPTED -> new Reply.Verdict.Accepted();
            case REPEATED -> new Reply.Verdict.Repeated();
            case REJECTED -> new Reply.Verdict.Rejected(why);
            default -> throw FieldReader.damaged("no such verdict; kind=" + kind);
        };
    }
}
