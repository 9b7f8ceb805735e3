package dev.kalends.relay;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.journal.StoreReader.Planned;
import java.util.Optional;
import java.util.OptionalLong;

/** Encodes the rows of answers that are more than one record of a store. */
final class RowCodec {
    /** Rows stand alone: what they belong to is said in them. */
    static final JobId NO_JOB = new JobId(0);

    private static final int ROW_BYTES_MAX = 2 * Codec.RECORD_BYTES_MAX;
    private static final String ROW = "row";

    private RowCodec() {}

    static byte[] encode(JobRow row) {
        FieldWriter out = new FieldWriter();
        out.message(1, Codec.encode(row.spec()));
        row.state().ifPresent(state -> out.message(2, Codec.encode(state, NO_JOB)));
        if (row.open()) {
            out.mark(3);
        }
        return out.toBytes();
    }

    static JobRow decodeJob(byte[] bytes) {
        return Message.read(bytes, ROW_BYTES_MAX, ROW, in -> {
            Optional<JobSpec> spec = Optional.empty();
            Optional<JobState> state = Optional.empty();
            boolean open = false;
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> spec = Optional.of(Codec.decodeSpec(in.bytes()));
                    case 2 -> state = Optional.of(Codec.decodeState(in.bytes(), NO_JOB));
                    case 3 -> open = in.mark();
                    default -> in.skip();
                }
            }
            return new JobRow(spec.orElseThrow(RowCodec::nothing), state, open);
        });
    }

    static byte[] encode(Planned row) {
        FieldWriter out = new FieldWriter();
        out.message(1, Codec.encode(row.plan()));
        row.state().ifPresent(state -> out.message(2, Codec.encode(state, NO_JOB)));
        return out.toBytes();
    }

    static Planned decodePlanned(byte[] bytes) {
        return Message.read(bytes, ROW_BYTES_MAX, ROW, in -> {
            Optional<JobPlan> plan = Optional.empty();
            Optional<JobState> state = Optional.empty();
            while (in.next()) {
                switch (in.field()) {
                    case 1 ->
                        plan = Optional.of(
                                Codec.decodePlan(in.bytes(), NO_JOB, OptionalLong.empty(), _ -> Optional.empty()));
                    case 2 -> state = Optional.of(Codec.decodeState(in.bytes(), NO_JOB));
                    default -> in.skip();
                }
            }
            return new Planned(plan.orElseThrow(RowCodec::nothing), state);
        });
    }

    private static RuntimeException nothing() {
        return FieldReader.damaged("a row says nothing; fields=0");
    }
}
