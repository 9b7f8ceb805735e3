package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.Dump;
import dev.kalends.relay.DumpFrames;
import dev.kalends.relay.ReadCodec;
import dev.kalends.relay.ReadQuestion;
import dev.kalends.relay.Reading;
import dev.kalends.runtime.Replica;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Answers reads of other nodes from the replicas here. One that is not held, still catches up, or has not come as far
 * as the other node has seen already refuses: an answer would look whole and lack something.
 */
final class ReadEndpoint {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String DUMP = "application/octet-stream";
    private static final long CATCH_UP_MS = 1_000;
    private static final long RETRY_AFTER_MS = 1_000;

    private final Fleet fleet;

    ReadEndpoint(Fleet fleet) {
        this.fleet = fleet;
    }

    /** {@code POST /v1/peer/partitions/{partition}/reads?position=N}. */
    Answer read(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of("position"));
        byte[] body = request.body(ReadCodec.QUESTION_BYTES_MAX);
        Replica replica = readable(request);
        ReadQuestion question = ReadCodec.decode(body);
        return new Answer.Bytes(
                PROTOBUF,
                Reading.answer(question, replica.reader(), replica.asOfMs()).encode());
    }

    /** {@code POST /v1/peer/partitions/{partition}/dump?position=N}. */
    Answer dump(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of("position"));
        Dump dump = DumpFrames.decode(request.body(DumpFrames.QUESTION_BYTES_MAX));
        Replica replica = readable(request);
        return new Answer.Stream(DUMP, out -> DumpFrames.write(dump, replica.reader(), out));
    }

    private Replica readable(Request request) throws InterruptedException {
        long position = request.query().number("position", 0, 0, Long.MAX_VALUE);
        String number = request.parameter("partition");
        Replica replica = Optional.of(number)
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .flatMap(fleet::replica)
                .orElseThrow(() -> refused("there is no such partition", number));
        if (!replica.held()) {
            throw refused("this node holds no replica of this partition", number);
        }
        boolean current = replica.status().leading() || replica.isCurrent();
        if (!current || !replica.awaitApplied(position, CATCH_UP_MS)) {
            throw refused("the replica of this partition still catches up; position=" + position, number);
        }
        return replica;
    }

    private ApiException refused(String why, String partition) {
        return new ApiException(
                ErrorCode.UNAVAILABLE,
                why + "; node=" + fleet.self() + " partition=" + Texts.excerpt(partition),
                "ask another node",
                RETRY_AFTER_MS);
    }
}
