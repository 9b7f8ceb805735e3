package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ChecksPage;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.api.PeerDigest;
import dev.kalends.api.PeerLeases;
import dev.kalends.api.PeerStatus;
import dev.kalends.journal.Change;
import dev.kalends.journal.Dump;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.partition.Command;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The line to the other nodes: HTTP/1.1 with kept connections, every answer bounded in size and time.
 *
 * <p>Nodes know each other by the token that all of them have. Calls block; {@link #start} runs what makes them on a
 * virtual thread, a bounded number at a time.
 */
public final class Peers implements AutoCloseable {
    /** Questions that may be on their way to other nodes at a time; further ones are throttled. */
    public static final int IN_FLIGHT_MAX = 8_192;

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final int STATUS_BYTES_MAX = 8 * 1024 * 1024;
    private static final long EVENTS_TIMEOUT_MS = 3_000;
    private static final int POSITION_BYTES_MAX = 1024;
    private static final int ERROR_BYTES_SHOWN = 300;

    private final String token;
    private final HttpClient http;
    private final ExecutorService threads;
    private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);

    /** Speaks to others with the token that all nodes share. */
    public Peers(String token) {
        this.token = token;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("peer-", 0).factory());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads)
                .build();
    }

    /**
     * A command's way.
     *
     * @param parkMs how long that node may hold the answer back
     * @param timeoutMs how long the answer may take beyond that
     */
    public record Way(Member to, int partition, long parkMs, long timeoutMs) {}

    /** Has a node decide a command as leader of a partition. */
    public PeerAnswer ask(Way way, Command command) throws PeerException, InterruptedException {
        String target = "/v1/peer/partitions/" + way.partition() + "/commands?waitMs=" + way.parkMs();
        byte[] answer = call(
                new Question(way.to(), "POST", target, CommandCodec.encode(command)),
                PeerAnswer.ANSWER_BYTES_MAX,
                way.parkMs() + way.timeoutMs());
        return PeerAnswer.decode(answer);
    }

    /** Up to where the leader of a partition has committed; empty when that node does not lead it. */
    public OptionalLong position(Member leader, int partition, long timeoutMs)
            throws PeerException, InterruptedException {
        String target = "/v1/peer/partitions/" + partition + "/position";
        byte[] text = call(new Question(leader, "GET", target, NOTHING), POSITION_BYTES_MAX, timeoutMs);
        try {
            long position = Long.parseLong(new String(text, StandardCharsets.US_ASCII).strip());
            return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
        } catch (NumberFormatException e) {
            throw Message.garbled("position", "it is no number; bytes=" + text.length);
        }
    }

    /** What is left of leases that another node keeps. */
    public PeerLeases leases(Member leader, int partition, PeerLeases question, long timeoutMs)
            throws PeerException, InterruptedException {
        String target = "/v1/peer/partitions/" + partition + "/leases";
        byte[] body = Json.writeRequest(question);
        return Json.readAnswer(
                PeerLeases.class, call(new Question(leader, "POST", target, body), STATUS_BYTES_MAX, timeoutMs));
    }

    /** Whether a question about a node's condition wants its figures too: they cost more. */
    public enum Figures {
        LEFT_OUT,
        WANTED
    }

    /** A node's condition. */
    public PeerStatus status(Member of, Figures figures, long timeoutMs) throws PeerException, InterruptedException {
        String target = "/v1/peer/status" + (figures == Figures.WANTED ? "?figures=true" : "");
        return Json.readAnswer(
                PeerStatus.class, call(new Question(of, "GET", target, NOTHING), STATUS_BYTES_MAX, timeoutMs));
    }

    /** What a node finds out about what it depends on. */
    public ChecksPage checks(Member of, long timeoutMs) throws PeerException, InterruptedException {
        return Json.readAnswer(
                ChecksPage.class,
                call(new Question(of, "GET", "/v1/peer/checks", NOTHING), STATUS_BYTES_MAX, timeoutMs));
    }

    /** A hash of a node's replica, once that has reached a position. */
    public PeerDigest digest(Member of, int partition, long position, long timeoutMs)
            throws PeerException, InterruptedException {
        String target = "/v1/peer/partitions/" + partition + "/digest?position=" + position;
        return Json.readAnswer(
                PeerDigest.class, call(new Question(of, "GET", target, NOTHING), STATUS_BYTES_MAX, timeoutMs));
    }

    /**
     * What is read of a node's replica of a partition.
     *
     * @param position that the replica must have reached
     * @param timeoutMs how long the answer may take; of a dump, how long nothing of it may come
     */
    record Reads(Member of, int partition, long position, long timeoutMs) {
        private String target(String what) {
            return "/v1/peer/partitions/" + partition + "/" + what + "?position=" + position;
        }
    }

    /** Reads committed state that another node holds. */
    ReadAnswer read(Reads reads, byte[] question) throws PeerException, InterruptedException {
        Question asked = new Question(reads.of(), "POST", reads.target("reads"), question);
        return ReadAnswer.decode(call(asked, ReadAnswer.ANSWER_BYTES_MAX, reads.timeoutMs()));
    }

    /**
     * What happened lately in a partition that another node holds.
     *
     * @param from a cursor of that node, or -1 to learn where it is now
     * @param waitMs how long it may wait for something to happen
     */
    public EventTold events(Member of, int partition, long from, long waitMs)
            throws PeerException, InterruptedException {
        String target =
                "/v1/peer/partitions/" + partition + "/events?waitMs=" + waitMs + (from < 0 ? "" : "&from=" + from);
        byte[] told =
                call(new Question(of, "GET", target, NOTHING), ReadAnswer.ANSWER_BYTES_MAX, waitMs + EVENTS_TIMEOUT_MS);
        return EventTold.decode(told);
    }

    /** Takes a dump of what another node holds; returns the position of its snapshot. */
    long dump(Reads reads, Dump dump, Consumer<Change> sink) throws PeerException, InterruptedException {
        Question asked = new Question(reads.of(), "POST", reads.target("dump"), DumpFrames.encode(dump));
        HttpResponse<InputStream> response = streamed(asked, reads.timeoutMs());
        try (StallGuard guarded = StallGuard.of(response.body(), reads.timeoutMs())) {
            if (response.statusCode() != 200) {
                throw refusal(reads.of(), response.statusCode(), guarded.readNBytes(STATUS_BYTES_MAX));
            }
            return DumpFrames.read(guarded, sink);
        } catch (IOException e) {
            throw failure(asked, PeerException.Sent.PERHAPS, e);
        }
    }

    /** Runs a question on a thread of its own. */
    public <T> Future<T> submit(Callable<T> question) {
        return threads.submit(question);
    }

    /** Has another node do something with itself or a partition it leads, such as {@code POST /v1/nodes/n1/drain}. */
    public byte[] forward(Member to, String target, long timeoutMs) throws PeerException, InterruptedException {
        return call(new Question(to, "POST", target, NOTHING), STATUS_BYTES_MAX, timeoutMs);
    }

    /**
     * Runs something that asks other nodes on a thread of its own.
     *
     * @throws ApiException {@code throttled} when too much is on its way already
     */
    void start(Runnable task) {
        if (!room.tryAcquire()) {
            throw new ApiException(
                    ErrorCode.THROTTLED,
                    "too many questions are on their way to other nodes; inFlightMax=" + IN_FLIGHT_MAX,
                    "try again in a moment",
                    1_000);
        }
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    room.release();
                }
            });
        } catch (java.util.concurrent.RejectedExecutionException e) {
            room.release();
            throw new ApiException(
                    ErrorCode.UNAVAILABLE, "the node is stopping; state=stopping", "try again in a moment", 1_000);
        }
    }

    private static final byte[] NOTHING = {};

    private record Question(Member to, String method, String target, byte[] body) {}

    /** Asks and waits; an answer that is no success is thrown as what that node said. */
    private byte[] call(Question question, int bytesMax, long timeoutMs) throws PeerException, InterruptedException {
        HttpResponse<byte[]> response =
                sent(question, BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax), timeoutMs);
        if (response.statusCode() != 200) {
            throw refusal(question.to(), response.statusCode(), response.body());
        }
        return response.body();
    }

    private HttpResponse<InputStream> streamed(Question question, long timeoutMs)
            throws PeerException, InterruptedException {
        return sent(question, BodyHandlers.ofInputStream(), timeoutMs);
    }

    private <T> HttpResponse<T> sent(Question question, HttpResponse.BodyHandler<T> handler, long timeoutMs)
            throws PeerException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(question.to().url() + question.target()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-protobuf")
                .timeout(Duration.ofMillis(Math.max(1, timeoutMs)))
                .method(
                        question.method(),
                        question.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(question.body()))
                .build();
        CompletableFuture<HttpResponse<T>> sent = http.sendAsync(request, handler);
        try {
            // The request's own timeout ends with the answer's head; this one also bounds the body.
            return sent.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failure(question, PeerException.Sent.PERHAPS, e);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            boolean unsent = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
            if (cause instanceof IOException) {
                throw failure(question, unsent ? PeerException.Sent.NO : PeerException.Sent.PERHAPS, cause);
            }
            throw new IllegalStateException("a question could not be sent", cause);
        } finally {
            sent.cancel(true);
        }
    }

    private static PeerException failure(Question question, PeerException.Sent sent, Throwable cause) {
        String why =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        return new PeerException(
                sent,
                "node " + question.to().id() + " does not answer; url="
                        + question.to().url() + " reason=" + why,
                cause);
    }

    private static ApiException refusal(Member to, int status, byte[] body) {
        if (status == ErrorCode.UNAUTHORIZED.httpStatus()) {
            return new ApiException(
                    ErrorCode.FAILED,
                    "node " + to.id() + " does not know this node's token; url=" + to.url(),
                    "all nodes of a cluster need the same --token-file");
        }
        try {
            ErrorBody.Detail detail = Json.readAnswer(ErrorBody.class, body).error();
            String hint = Optional.ofNullable(detail.hint()).orElse("");
            return new ApiException(ErrorCode.ofWord(detail.code()), detail.message(), hint);
        } catch (ApiException | NullPointerException e) {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            return new ApiException(
                    ErrorCode.FAILED,
                    "node " + to.id() + " answers in no words that are understood; url=" + to.url() + " status="
                            + status + " text="
                            + text.substring(0, Math.min(ERROR_BYTES_SHOWN, text.length())),
                    "is it a Kalends node of this cluster? kalends nodes");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
