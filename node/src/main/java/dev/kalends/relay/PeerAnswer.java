package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Reply;
import java.util.Optional;

/** What a node answers to a relayed command, with its binary form; {@code relay.proto} lists the fields. */
public sealed interface PeerAnswer {
    /** It was decided. */
    record Replied(Reply reply) implements PeerAnswer {}

    /**
     * It was put to the partition and failed there.
     *
     * @param inDoubt whether it may have been done all the same
     */
    record Failed(ApiException why, boolean inDoubt) implements PeerAnswer {}

    /** That node does not lead the partition now: certainly nothing was done. */
    record NotLeader() implements PeerAnswer {}

    /** Longest encoding: of a reply, with its frame. */
    int ANSWER_BYTES_MAX = ReplyCodec.REPLY_BYTES_MAX + 64;

    private static String what() {
        return "answer";
    }

    /** The answer's bytes. */
    default byte[] encode() {
        FieldWriter out = new FieldWriter();
        switch (this) {
            case Replied replied -> out.message(1, ReplyCodec.encode(replied.reply()));
            case Failed failed -> {
                FieldWriter error = new FieldWriter();
                error.text(1, failed.why().code().name());
                error.text(2, failed.why().message());
                error.text(3, failed.why().hint());
                error.number(4, failed.why().retryAfterMs());
                if (failed.inDoubt()) {
                    error.mark(5);
                }
                out.message(2, error);
            }
            case NotLeader _ -> out.mark(3);
        }
        return Message.bounded(out, ANSWER_BYTES_MAX, what());
    }

    /** Reads an answer; throws {@link ApiException} as {@link ReplyCodec} does. */
    static PeerAnswer decode(byte[] bytes) {
        return Message.read(bytes, ANSWER_BYTES_MAX, what(), PeerAnswer::read);
    }

    private static PeerAnswer read(FieldReader in) {
        Optional<PeerAnswer> answer = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> answer = Optional.of(new Replied(ReplyCodec.decode(in.bytes())));
                case 2 -> answer = Optional.of(readFailed(in.message()));
                case 3 -> answer = in.mark() ? Optional.of(new NotLeader()) : answer;
                default -> in.skip();
            }
        }
        return answer.orElseThrow(() -> FieldReader.damaged("an answer says nothing; fields=0"));
    }

    private static Failed readFailed(FieldReader in) {
        ErrorCode code = ErrorCode.INTERNAL;
        String message = "";
        String hint = "";
        long retryAfterMs = 0;
        boolean inDoubt = false;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> code = ReplyCodec.code(in.text());
                case 2 -> message = in.text();
                case 3 -> hint = in.text();
                case 4 -> retryAfterMs = in.number();
                case 5 -> inDoubt = in.mark();
                default -> in.skip();
            }
        }
        return new Failed(new ApiException(code, message, hint, retryAfterMs), inDoubt);
    }
}
