package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.api.SubmitResult;
import dev.kalends.job.Limits;
import dev.kalends.partition.Draft;
import dev.kalends.partition.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One bulk on its way: reads and checks lines on the request's own thread, while the partitions decide earlier ones and
 * a thread beside it writes what became of those.
 *
 * <p>At most {@value #IN_FLIGHT_MAX} chunks are in flight, of {@value #IN_FLIGHT_BYTES_MAX} bytes in all, and a chunk
 * also ends at {@value #CHUNK_BYTES_MAX} bytes, so memory is bounded whatever is sent. Several go into one commit: jobs
 * of many days, a page of the database each, then share the pages. Over the tenant's rate, or with a partition that is
 * full, it waits; only when that lasts, the lines of a chunk fail.
 */
final class Bulk {
    static final int IN_FLIGHT_MAX = 8;
    static final int CHUNK_BYTES_MAX = 4 * 1024 * 1024;
    static final int IN_FLIGHT_BYTES_MAX = 2 * CHUNK_BYTES_MAX;

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
    private final BlockingQueue<Chunk> inFlight = new ArrayBlockingQueue<>(IN_FLIGHT_MAX);
    private final Semaphore bytesLeft = new Semaphore(IN_FLIGHT_BYTES_MAX);
    private volatile Optional<IOException> failure = Optional.empty();
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

    /** A chunk that was sent; none stands behind the last. */
    private record Chunk(List<Item> items, int bytes, Optional<Submission> submission) {
        private static final Chunk LAST = new Chunk(List.of(), 0, Optional.empty());
    }

    void run(LineReader lines, OutputStream out) throws IOException, InterruptedException {
        Thread writer = Thread.ofVirtual().name("bulk-results").start(() -> write(out));
        try {
            read(lines);
            inFlight.put(Chunk.LAST);
            writer.join();
        } finally {
            writer.interrupt(); // it has ended, but where lines could not be read to their end
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void read(LineReader lines) throws IOException, InterruptedException {
        List<Item> items = new ArrayList<>();
        int bytes = 0;
        Optional<LineReader.Line> line = lines.next();
        while (line.isPresent() && failure.isEmpty()) {
            lineNumber++;
            if (!(line.get() instanceof LineReader.Line.Whole whole) || !isBlank(whole.bytes())) {
                bytes += line.get() instanceof LineReader.Line.Whole full ? full.bytes().length : 0;
                items.add(item(line.get()));
            }
            if (items.size() == Limits.BULK_CHUNK_LINES_MAX || bytes >= CHUNK_BYTES_MAX) {
                send(items, bytes);
                items = new ArrayList<>();
                bytes = 0;
            }
            line = lines.next();
        }
        if (!items.isEmpty()) {
            send(items, bytes);
        }
    }

    private Item item(LineReader.Line line) {
        try {
            return switch (line) {
                case LineReader.Line.Whole whole ->
                    new Item.Good(lineNumber, drafts.readLine(whole.bytes(), asked.scope()));
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

    private void send(List<Item> items, int bytes) throws InterruptedException {
        List<Draft> accepted = new ArrayList<>(items.size());
        for (Item item : items) {
            if (item instanceof Item.Good good) {
                accepted.add(good.read().draft());
            }
        }
        slowDown(accepted);
        int counted = Math.min(bytes, IN_FLIGHT_BYTES_MAX);
        bytesLeft.acquire(counted);
        Submission submission =
                new Submission(services.partitions(), asked.requestId() + "." + chunkNumber++, accepted);
        inFlight.put(new Chunk(items, counted, Optional.of(submission.send())));
    }

    /** Waits as long as the slowest of the tenants must. */
    private void slowDown(List<Draft> accepted) throws InterruptedException {
        Map<String, Integer> jobsByTenant = new TreeMap<>();
        accepted.forEach(draft -> jobsByTenant.merge(draft.name().tenant(), 1, Integer::sum));
        long waitNs = 0;
        for (Map.Entry<String, Integer> entry : jobsByTenant.entrySet()) {
            waitNs = Math.max(waitNs, rates.borrow(entry.getKey(), entry.getValue()));
        }
        if (waitNs > 0) {
            services.pause().pauseNs(waitNs);
        }
    }

    /** Writes what became of chunks, in their order; once that failed, only takes them, so that nobody waits. */
    private void write(OutputStream out) {
        try {
            for (Chunk chunk = inFlight.take(); chunk.submission().isPresent(); chunk = inFlight.take()) {
                if (failure.isEmpty()) {
                    failure = written(chunk.items(), chunk.submission().get(), out);
                }
                bytesLeft.release(chunk.bytes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes one; answers why that failed. */
    private Optional<IOException> written(List<Item> items, Submission submission, OutputStream out)
            throws InterruptedException {
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream(items.size() * 128);
            for (SubmitResult result : results(items, submission)) {
                text.writeBytes(Json.writeAnswer(result));
                text.write('\n');
            }
            text.writeTo(out);
            out.flush();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            return Optional.of(new IOException("the results of a bulk cannot be told; cause=" + e, e));
        }
    }

    private List<SubmitResult> results(List<Item> items, Submission submission) throws InterruptedException {
        List<SubmitResult> results = new ArrayList<>(items.size());
        try {
            int next = 0;
            List<Reply.Line> lines = patientLines(submission);
            for (Item item : items) {
                results.add(
                        switch (item) {
                            case Item.Good good -> Submission.result(good.read(), lines.get(next++), good.number());
                            case Item.Bad bad -> Submission.failed(bad.why(), bad.number());
                        });
            }
        } catch (ApiException whole) {
            results.clear();
            for (Item item : items) {
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
