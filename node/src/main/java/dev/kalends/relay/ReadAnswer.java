package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node that holds a partition answers to a {@link ReadQuestion}, with its binary form; {@code relay.proto} lists
 * the fields.
 *
 * @param position up to where the replica had applied the record at least
 * @param asOfMs the instant of which it showed everything; 0 = not known
 * @param rows what was asked for, encoded one by one
 * @param numbers ids or counts that were asked for
 * @param next where to go on; {@link #END} at the end
 */
public record ReadAnswer(long position, long asOfMs, List<byte[]> rows, List<Long> numbers, long next) {
    /** Longest encoding. A question that is answered with more is asked again for less. */
    public static final int ANSWER_BYTES_MAX = 32 * 1024 * 1024;

    /** There is no more. */
    public static final long END = -1;

    private static final String ANSWER = "answer to a read";

    public ReadAnswer {
        rows = List.copyOf(rows);
        numbers = List.copyOf(numbers);
    }

    /** The answer's bytes; throws {@link ApiException}, {@code too_large}, when there are too many. */
    public byte[] encode() {
        FieldWriter out = new FieldWriter();
        out.number(1, position);
        out.number(2, asOfMs);
        long bytes = 0;
        for (byte[] row : rows) {
            bytes += row.length;
            if (bytes > ANSWER_BYTES_MAX / 2) {
                throw new ApiException(
                        ErrorCode.TOO_LARGE,
                        "too much is asked for at once; rows=" + rows.size() + " bytesMax=" + ANSWER_BYTES_MAX / 2,
                        "ask for fewer rows");
            }
            out.message(3, row);
        }
        numbers.forEach(number -> out.presentSigned(4, number));
        out.signed(5, next - END);
        return Message.bounded(out, ANSWER_BYTES_MAX, ANSWER);
    }

    /** Reads an answer; throws {@link ApiException} as {@link CommandCodec} does. */
    public static ReadAnswer decode(byte[] bytes) {
        return Message.read(bytes, ANSWER_BYTES_MAX, ANSWER, ReadAnswer::read);
    }

    private static ReadAnswer read(FieldReader in) {
        long position = 0;
        long asOfMs = 0;
        List<byte[]> rows = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        long next = END;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> position = in.number();
                case 2 -> asOfMs = in.number();
                case 3 -> rows.add(in.bytes());
                case 4 -> numbers.add(in.signed());
                case 5 -> next = in.signed() + END;
                default -> in.skip();
            }
        }
        return new ReadAnswer(position, asOfMs, rows, numbers, next);
    }
}
