package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.LeaseId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.journal.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What all messages between nodes have in common: bounds, one error for garbage, lists of run ids. */
final class Message {
    private Message() {}

    /** The bytes of a message; {@code invalid} when there are too many. */
    static byte[] bounded(FieldWriter out, int bytesMax, String what) {
        byte[] bytes = out.toBytes();
        if (bytes.length > bytesMax) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "a " + what + " is too large to be sent to another node; bytes=" + bytes.length + " bytesMax="
                            + bytesMax,
                    "send fewer jobs or runs at once");
        }
        return bytes;
    }

    /** Reads a message; {@code invalid} when the bytes are none. */
    static <T> T read(byte[] bytes, int bytesMax, String what, Function<FieldReader, T> reader) {
        if (bytes.length > bytesMax) {
            throw garbled(what, "it is too large; bytes=" + bytes.length + " bytesMax=" + bytesMax);
        }
        try {
            return reader.apply(new FieldReader(bytes));
        } catch (StoreException e) {
            throw garbled(what, String.valueOf(e.getMessage()));
        } catch (ApiException e) {
            throw e;
        } catch (RuntimeException e) {
            throw garbled(what, "it does not hold together; cause=" + e.getMessage());
        }
    }

    static ApiException garbled(String what, String why) {
        return new ApiException(
                ErrorCode.INVALID,
                "a " + what + " of another node cannot be read: " + why,
                "all nodes must be of the same or of neighbouring versions: kalends nodes");
    }

    /** A kind of message that only a newer build knows. */
    static ApiException unknown(String what, int kind) {
        return new ApiException(
                ErrorCode.FAILED,
                "this node is too old for a " + what + " of another node; kind=" + kind,
                "finish the upgrade of all nodes: kalends nodes");
    }

    static void runs(FieldWriter out, int field, List<RunId> runs) {
        runs.forEach(run -> out.message(field, Codec.encode(run)));
    }

    static void leases(FieldWriter out, int field, List<LeaseId> leases) {
        for (LeaseId lease : leases) {
            FieldWriter one = new FieldWriter();
            one.message(1, Codec.encode(lease.run()));
            one.number(2, lease.token());
            out.message(field, one);
        }
    }

    static LeaseId lease(FieldReader in) {
        Optional<RunId> run = Optional.empty();
        long token = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> run = Optional.of(run(in));
                case 2 -> token = in.number();
                default -> in.skip();
            }
        }
        return new LeaseId(whose(run), token);
    }

    /** The run of a lease, which no lease is without. */
    static RunId whose(Optional<RunId> run) {
        return run.orElseThrow(() -> FieldReader.damaged("a lease of nothing; runs=0"));
    }

    static RunId run(FieldReader in) {
        return Codec.decodeRunId(in.bytes());
    }
}
