package dev.kalends.client;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.client.TryFailedException.Kind;
import dev.kalends.job.Hash;
import dev.kalends.time.MonotonicClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends a call until a node answers it or its time is over.
 *
 * <p>A round tries every node once, beginning with the one that answered last. Between rounds it waits, twice as long
 * each time, with jitter. Every try of a call carries the same request id, so a try whose answer was lost is safe to
 * repeat. A client that has never reached any node gives up early: most likely none runs, and the user wants to know.
 */
final class Transport {
    /** How long a client that has never been answered keeps trying to connect. */
    static final long FIRST_CONTACT_MS = 1_500;

    static final int ANSWER_BYTES_MAX = 256 * 1024 * 1024;
    private static final long BACKOFF_FIRST_MS = 50;
    private static final long BACKOFF_MAX_MS = 2_000;
    private static final int BACKOFF_DOUBLINGS_MAX = 10;
    private static final long NS_PER_MS = 1_000_000;

    private final List<URI> nodes;
    private final long requestTimeoutMs;
    private final MonotonicClock clock;
    private final Wire wire;
    private volatile int preferred;
    private volatile boolean answered;

    Transport(ClientSettings settings) {
        this.nodes = settings.nodes();
        this.requestTimeoutMs = Math.max(1, settings.requestTimeout().toMillis());
        this.clock = settings.clock();
        this.wire = new Wire(settings.tenant(), settings.tokens());
    }

    /** The whole answer of a call. */
    byte[] call(Call call) {
        return send(call, connection -> {
            try (InputStream body = connection.getInputStream()) {
                byte[] bytes = body.readNBytes(ANSWER_BYTES_MAX + 1);
                if (bytes.length > ANSWER_BYTES_MAX) {
                    throw new ApiException(
                            ErrorCode.INTERNAL, "the answer is too long; bytes_max=" + ANSWER_BYTES_MAX, "");
                }
                return bytes;
            }
        });
    }

    /** Opens a call whose answer is read as it comes; the caller closes it. */
    InputStream open(Call call) {
        return send(call, HttpURLConnection::getInputStream);
    }

    private <R> R send(Call call, Reader<R> reader) {
        long startNs = clock.nowNs();
        for (int round = 0; ; round++) {
            TryFailedException failure = null;
            for (int i = 0; i < nodes.size(); i++) {
                int index = (preferred + i) % nodes.size();
                try {
                    R answer = reader.read(connect(index, call, leftMs(startNs)));
                    preferred = index;
                    return answer;
                } catch (TryFailedException e) {
                    answered |= e.kind() != Kind.NOT_CONNECTED;
                    failure = e;
                } catch (IOException e) {
                    failure = new TryFailedException(Kind.IN_DOUBT, e);
                }
            }
            if (failure == null) {
                throw new IllegalStateException("no node to talk to; nodes=0");
            }
            long waitMs = waitMs(call, round, failure);
            if (call.tries() == Call.Tries.ONCE || leftMs(startNs) <= waitMs || hopeless(failure, startNs)) {
                throw surface(failure);
            }
            pause(waitMs);
        }
    }

    private HttpURLConnection connect(int index, Call call, long leftMs) throws TryFailedException {
        HttpURLConnection connection = wire.send(nodes.get(index), call, leftMs);
        answered = true;
        return connection;
    }

    private long leftMs(long startNs) {
        return Math.max(1, requestTimeoutMs - elapsedMs(startNs));
    }

    private long elapsedMs(long startNs) {
        return (clock.nowNs() - startNs) / NS_PER_MS;
    }

    private boolean hopeless(TryFailedException failure, long startNs) {
        return !answered && failure.kind() == Kind.NOT_CONNECTED && elapsedMs(startNs) >= FIRST_CONTACT_MS;
    }

    /** Between half and all of the step; what the node asked for counts as the least. */
    private static long waitMs(Call call, int round, TryFailedException failure) {
        long stepMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS << Math.min(round, BACKOFF_DOUBLINGS_MAX));
        String seed = call.requestId() == null ? call.target() : call.requestId();
        long jitterMs = Math.floorMod(Hash.of(seed, Integer.toString(round)), stepMs / 2 + 1);
        long askedMs = failure.answer().map(ApiException::retryAfterMs).orElse(0L);
        return Math.max(askedMs, stepMs - jitterMs);
    }

    private ApiException surface(TryFailedException failure) {
        return failure.answer()
                .orElseGet(() -> new ApiException(
                        ErrorCode.UNREACHABLE,
                        "no node answers; nodes="
                                + String.join(
                                        ",", nodes.stream().map(URI::toString).toList()) + " reason="
                                + failure.reason(),
                        "start one with: kalends node   or name another with: --node URL"));
    }

    private static void pause(long waitMs) {
        try {
            TimeUnit.MILLISECONDS.sleep(waitMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ErrorCode.UNAVAILABLE, "interrupted while waiting to try again", "");
        }
    }

    /** Takes what it needs from an answered connection. */
    @FunctionalInterface
    private interface Reader<R> {
        R read(HttpURLConnection connection) throws IOException;
    }
}
