package dev.kalends.client;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.api.SubmitResult;
import dev.kalends.job.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends NDJSON jobs, a chunk to a request, a few requests side by side, and hands out one result a line in order. So a
 * node has always something to do, and commits several chunks at once; which of two chunks it decides first is open.
 *
 * <p>Each chunk carries a request id of its own. The same input with the same ids makes nothing twice, whether a chunk
 * is repeated or the whole command is started again. Blank lines are no jobs: they are counted, not sent.
 */
final class BulkSubmit {
    /** A chunk ends after so many bytes, if it has not reached its lines. */
    private static final int CHUNK_BYTES = 8 * 1024 * 1024;

    private static final int RESULT_BYTES_MAX = 1024 * 1024;
    /** Requests under way: as many connections as the JDK keeps open. */
    private static final int IN_FLIGHT_MAX = 5;

    private final Transport transport;
    private final ChunkIds ids;
    private final Consumer<SubmitResult> results;
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private List<Slot> slots = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int chunk;

    /** A line of the chunk: sent, or refused here. */
    private record Slot(long line, @Nullable SubmitResult refused) {}

    /** A chunk under way. */
    private record Sent(int chunk, List<Slot> slots, CompletableFuture<byte[]> answers) {}

    BulkSubmit(Transport transport, ChunkIds ids, Consumer<SubmitResult> results) {
        this.transport = transport;
        this.ids = ids;
        this.results = results;
    }

    void run(InputStream lines) throws IOException {
        LineReader reader = new LineReader(lines, Limits.BULK_LINE_BYTES_MAX);
        long number = 0;
        for (Optional<byte[]> line = reader.next(); line.isPresent(); line = reader.next()) {
            number++;
            if (reader.wasCut()) {
                slots.add(new Slot(number, tooLong(number)));
            } else if (!blank(line.get())) {
                slots.add(new Slot(number, null));
                body.writeBytes(line.get());
                body.write('\n');
            }
            if (slots.size() == Limits.BULK_CHUNK_LINES_MAX || body.size() >= CHUNK_BYTES) {
                send();
            }
        }
        send();
        while (!inFlight.isEmpty()) {
            handOut(inFlight.removeFirst());
        }
    }

    private void send() throws IOException {
        if (slots.isEmpty()) {
            return;
        }
        if (inFlight.size() == IN_FLIGHT_MAX) {
            handOut(inFlight.removeFirst());
        }
        chunk++;
        inFlight.addLast(new Sent(chunk, slots, answers()));
        slots = new ArrayList<>();
        body.reset();
    }

    private CompletableFuture<byte[]> answers() {
        byte[] lines = body.toByteArray();
        CompletableFuture<byte[]> answers = new CompletableFuture<>();
        if (lines.length == 0) {
            answers.complete(lines);
            return answers;
        }
        Call call = new Call("POST", "/v1/jobs:bulk", ids.idOf(chunk, lines), lines, 0, Call.Tries.UNTIL_TIMEOUT);
        Thread.ofPlatform().daemon().name("bulk-" + chunk).start(() -> {
            try {
                answers.complete(transport.call(call));
            } catch (RuntimeException e) {
                answers.completeExceptionally(e);
            }
        });
        return answers;
    }

    private void handOut(Sent sent) throws IOException {
        LineReader answers = new LineReader(new ByteArrayInputStream(settled(sent.answers())), RESULT_BYTES_MAX);
        for (Slot slot : sent.slots()) {
            if (slot.refused() != null) {
                results.accept(slot.refused());
                continue;
            }
            byte[] answer = answers.next()
                    .orElseThrow(() -> new ApiException(
                            ErrorCode.INTERNAL,
                            "the node answered fewer lines than were sent; chunk=" + sent.chunk(),
                            ""));
            results.accept(at(slot.line(), Json.readAnswer(SubmitResult.class, answer)));
        }
    }

    private static byte[] settled(CompletableFuture<byte[]> answers) {
        try {
            return answers.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static SubmitResult at(long line, SubmitResult result) {
        return new SubmitResult(
                result.id(),
                result.name(),
                result.nextFireAt(),
                result.created(),
                result.warnings(),
                line,
                result.error());
    }

    private static SubmitResult tooLong(long line) {
        ErrorBody.Detail detail = new ErrorBody.Detail(
                ErrorCode.TOO_LARGE.word(), "the line is too long; bytes_max=" + Limits.BULK_LINE_BYTES_MAX, null);
        return new SubmitResult(null, null, null, null, null, line, detail);
    }

    private static boolean blank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
