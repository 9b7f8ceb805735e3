package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.Dump;
import dev.kalends.relay.DumpFrames;
import dev.kalends.relay.EventTold;
import dev.kalends.relay.ReadCodec;
import dev.kalends.relay.ReadQuestion;
import dev.kalends.relay.Reading;
import dev.kalends.runtime.Event;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.Replica;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Answers reads of other nodes from the replicas here. One that is not held, still catches up, or has not come as far
 * as the other node has seen already refuses: an answer would look whole and lack something.
 */
final class ReadEndpoint {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String DUMP = "application/octet-stream";
    private static final long CATCH_UP_MS = 1_000;
    private static final long RETRY_AFTER_MS = 1_000;

    private static final long WAIT_MAX_MS = 10_000;
    private static final int SLICE = 1_024;

    private final Fleet fleet;
    private final EventRing events;
    private final Clocks clocks;

    ReadEndpoint(Fleet fleet, EventRing events, Clocks clocks) {
        this.fleet = fleet;
        this.events = events;
        this.clocks = clocks;
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

    /** {@code GET /v1/peer/partitions/{partition}/events?from=N&waitMs=MS}: without from only where to begin. */
    Answer events(Request request) throws InterruptedException {
        request.query().allow(Set.of("from", "waitMs"));
        Replica replica = readable(request);
        long from = request.query().number("from", events.end(), 0, Long.MAX_VALUE);
        long waitMs = request.query().number("waitMs", 0, 0, WAIT_MAX_MS);
        long untilNs = clocks.monotonic().nowNs() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        boolean gap = false;
        long cursor = from;
        while (true) {
            long leftMs =
                    TimeUnit.NANOSECONDS.toMillis(untilNs - clocks.monotonic().nowNs());
            EventRing.Slice slice = events.read(cursor, SLICE, Math.max(0, leftMs));
            gap |= slice.gap();
            cursor = slice.next();
            List<Event> told = slice.events().stream()
                    .filter(event ->
                            event.partition() == replica.partition() && event.what() instanceof Event.What.Changed)
                    .toList();
            if (!told.isEmpty() || leftMs <= 0) {
                return new Answer.Bytes(PROTOBUF, new EventTold(replica.partition(), told, cursor, gap).encode());
            }
        }
    }

    private Replica readable(Request request) throws InterruptedException {
        long position = request.query().number("position", 0, 0, Long.MAX_VALUE);
        String number = request.parameter("partition");
        Replica replica = Optional.of(number)
                .filter(text -> text.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .flatMap(fleet::replica)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NOT_FOUND,
                        "no such partition; partition=" + Texts.excerpt(number) + " partitions="
                                + fleet.replicas().size(),
                        "list them: kalends leases --partitions"));
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
