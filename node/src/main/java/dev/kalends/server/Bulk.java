package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.api.SubmitResult;
import dev.kalends.job.Limits;
import dev.kalends.partition.Draft;
import dev.kalends.partition.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One bulk on its way: reads and checks lines on the request's own thread while the partitions decide earlier ones.
 *
 * <p>At most {@value #IN_FLIGHT_MAX} chunks are in flight, and a chunk also ends at {@value #CHUNK_BYTES_MAX} bytes, so
 * memory is bounded whatever is sent. Over the tenant's rate, or with a partition that is full, it waits; only when
 * that lasts, the lines of a chunk fail.
 */
final class Bulk {
    static final int IN_FLIGHT_MAX = 2;
    static final int CHUNK_BYTES_MAX = 4 * 1024 * 1024;

    /** How long a chunk is offered again to a partition that is full or without a leader, in milliseconds. */
    private static final long PATIENCE_MS = 20_000;

    private static final long OFFER_AGAIN_MS = 50;

    /**
     * Who asks, and under which id.
     *
     * @param requestId of the whole bulk
     */
    record Asked(Scope scope, String requestId) {}

    private final Services services;
    private final DraftReader drafts;
    private final SubmitRates rates;
    private final Asked asked;
    private final Deque<Chunk> inFlight = new ArrayDeque<>();
    private long lineNumber;
    private int chunkNumber;

    Bulk(Services services, DraftReader drafts, SubmitRates rates, Asked asked) {
        this.services = services;
        this.drafts = drafts;
        this.rates = rates;
        this.asked = asked;
    }

    /** One line of the chunk that is being filled: a draft, or why there is none. */
    private sealed interface Item {
        record Good(long number, DraftReader.Read read) implements Item {}

        record Bad(long number, ApiException why) implements Item {}
    }

    /** A chunk that was sent. */
    private record Chunk(List<Item> items, Submission submission) {}

    void run(LineReader lines, OutputStream out) throws IOException, InterruptedException {
        List<Item> items = new ArrayList<>();
        int bytes = 0;
        for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            lineNumber++;
            if (line.get() instanceof LineReader.Line.Whole whole) {
                if (isBlank(whole.bytes())) {
                    continue;
                }
                bytes += whole.bytes().length;
            }
            items.add(item(line.get()));
            if (items.size() == Limits.BULK_CHUNK_LINES_MAX || bytes >= CHUNK_BYTES_MAX) {
                send(items, out);
                items = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!items.isEmpty()) {
            send(items, out);
        }
        while (!inFlight.isEmpty()) {
            finish(inFlight.removeFirst(), out);
        }
    }

    private Item item(LineReader.Line line) {
        try {
            return switch (line) {
                case LineReader.Line.Whole whole ->
                    new Item.Good(
                            lineNumber, drafts.read(Json.readRequest(JobRequest.class, whole.bytes()), asked.scope()));
                case LineReader.Line.TooLong tooLong ->
                    throw new ApiException(
                            ErrorCode.TOO_LARGE,
                            "a line has at most " + Limits.BULK_LINE_BYTES_MAX + " bytes; bytes=" + tooLong.bytes(),
                            "");
            };
        } catch (ApiException refused) {
            return new Item.Bad(lineNumber, refused);
        }
    }

    private void send(List<Item> items, OutputStream out) throws IOException, InterruptedException {
        if (inFlight.size() == IN_FLIGHT_MAX) {
            finish(inFlight.removeFirst(), out);
        }
        List<Draft> accepted = new ArrayList<>(items.size());
        for (Item item : items) {
            if (item instanceof Item.Good good) {
                accepted.add(good.read().draft());
            }
        }
        slowDown(accepted, out);
        Submission submission =
                new Submission(services.partitions(), asked.requestId() + "." + chunkNumber++, accepted);
        inFlight.addLast(new Chunk(items, submission.send()));
    }

    /** Waits as long as the slowest of the tenants must; results that are already known go out first. */
    private void slowDown(List<Draft> accepted, OutputStream out) throws IOException, InterruptedException {
        Map<String, Integer> jobsByTenant = new TreeMap<>();
        accepted.forEach(draft -> jobsByTenant.merge(draft.name().tenant(), 1, Integer::sum));
        long waitNs = 0;
        for (Map.Entry<String, Integer> entry : jobsByTenant.entrySet()) {
            waitNs = Math.max(waitNs, rates.borrow(entry.getKey(), entry.getValue()));
        }
        if (waitNs > 0) {
            while (!inFlight.isEmpty()) {
                finish(inFlight.removeFirst(), out);
            }
            services.pause().pauseNs(waitNs);
        }
    }

    private void finish(Chunk chunk, OutputStream out) throws IOException, InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(chunk.items().size() * 128);
        for (SubmitResult result : results(chunk)) {
            text.writeBytes(Json.writeAnswer(result));
            text.write('\n');
        }
        text.writeTo(out);
        out.flush();
    }

    private List<SubmitResult> results(Chunk chunk) throws InterruptedException {
        List<SubmitResult> results = new ArrayList<>(chunk.items().size());
        try {
            int next = 0;
            List<Reply.Line> lines = patientLines(chunk.submission());
            for (Item item : chunk.items()) {
                results.add(
                        switch (item) {
                            case Item.Good good -> Submission.result(good.read(), lines.get(next++), good.number());
                            case Item.Bad bad -> Submission.failed(bad.why(), bad.number());
                        });
            }
        } catch (ApiException whole) {
            results.clear();
            for (Item item : chunk.items()) {
                results.add(
                        switch (item) {
                            case Item.Good good -> Submission.failed(whole, good.number());
                            case Item.Bad bad -> Submission.failed(bad.why(), bad.number());
                        });
            }
        }
        return results;
    }

    private List<Reply.Line> patientLines(Submission submission) throws InterruptedException {
        long startNs = services.clocks().monotonic().nowNs();
        while (true) {
            try {
                return submission.lines();
            } catch (ApiException e) {
                boolean passes = e.code() == ErrorCode.THROTTLED || e.code() == ErrorCode.UNAVAILABLE;
                long passedMs = TimeUnit.NANOSECONDS.toMillis(
                        services.clocks().monotonic().nowNs() - startNs);
                if (!passes || passedMs > PATIENCE_MS) {
                    throw e;
                }
                services.pause().pauseNs(TimeUnit.MILLISECONDS.toNanos(Math.max(OFFER_AGAIN_MS, e.retryAfterMs())));
                submission.send();
            }
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
