package dev.kalends.alert;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one body to the receiver, within a bounded time. What it says of a failure holds no secret. */
final class Webhook implements AutoCloseable {
    /** Longest token that is sent. */
    static final int TOKEN_BYTES_MAX = 4_096;

    private final AlertSettings settings;
    private final long answerMs;
    private final HttpClient client;

    Webhook(AlertSettings settings, long answerMs) {
        this.settings = settings;
        this.answerMs = answerMs;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofMillis(answerMs))
                .build();
    }

    /**
     * Sends it.
     *
     * @return why the receiver does not have it; empty when it said that it has
     */
    Optional<String> post(byte[] json) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "kalends")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        if (settings.tokenFile().isPresent()) {
            Optional<String> token = token(settings.tokenFile().get());
            if (token.isEmpty()) {
                return Optional.of("its token file holds no token; file="
                        + settings.tokenFile().get());
            }
            request.header("Authorization", "Bearer " + token.get());
        }
        return answered(client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding()));
    }

    private Optional<String> answered(CompletableFuture<HttpResponse<Void>> sent) throws InterruptedException {
        try {
            int status = sent.get(answerMs, TimeUnit.MILLISECONDS).statusCode();
            return status >= 200 && status < 300 ? Optional.empty() : Optional.of("it answers; status=" + status);
        } catch (TimeoutException e) {
            // A receiver that trickles its answer would hold the connection for ever.
            sent.cancel(true);
            return Optional.of("it does not answer; waitedMs=" + answerMs);
        } catch (ExecutionException e) {
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            return Optional.of("it cannot be reached; error=" + cause.getClass().getSimpleName());
        }
    }

    /** What the file holds; empty when it cannot be read or cannot be a token. */
    static Optional<String> token(Path file) {
        try {
            if (Files.size(file) > TOKEN_BYTES_MAX) {
                return Optional.empty();
            }
            String token = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
            boolean plain = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
            return plain ? Optional.of(token) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
