package dev.kalends.worker;

import dev.kalends.api.Grant;
import dev.kalends.api.JobRequest;
import dev.kalends.job.AttemptEnd;
import dev.kalends.schedule.DurationText;
import dev.kalends.time.WallClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Executes HTTP calls: one request with the run's id as its idempotency key, a 2xx answer is a success.
 *
 * <p>Guaranteed: the host is resolved once for each request and the connection goes to the address that the policy
 * judged, at each redirect again; at most {@value #REDIRECTS_MAX} redirects, never from TLS to plain text, never with
 * credentials to another origin; the whole call ends within its timeout; what is kept of an answer is bounded. Proxies
 * are not used.
 */
final class HttpExecutor implements Executor {
    static final int REDIRECTS_MAX = 5;
    /** The timeout of jobs that name none. */
    static final Duration TIMEOUT_DEFAULT = Duration.ofMinutes(5);

    private static final long RETRY_AFTER_MAX_S = 7 * 86_400;

    private final HttpConnector connector;
    private final WallClock wall;
    private final String version;

    HttpExecutor(AddressPolicy policy, WallClock wall, String version) {
        this.connector = new HttpConnector(policy);
        this.wall = wall;
        this.version = version;
    }

    @Override
    public Outcome execute(Execution execution) {
        Long timeoutMs = execution.grant().timeoutMs();
        Duration timeout = timeoutMs == null ? TIMEOUT_DEFAULT : Duration.ofMillis(timeoutMs);
        try (HttpGuard guard = new HttpGuard(execution.stop(), timeout)) {
            try {
                return call(execution, guard);
            } catch (CannotStartException e) {
                return e.outcome();
            } catch (IOException e) {
                return failure(e, guard, execution, timeout);
            }
        }
    }

    private Outcome call(Execution execution, HttpGuard guard) throws IOException, CannotStartException {
        JobRequest.Http http = Optional.ofNullable(execution.grant().http())
                .orElseThrow(() -> new CannotStartException("there is no request to send; http=null"));
        HttpTarget target = HttpTarget.parse(Optional.ofNullable(http.url()).orElse(""));
        HttpMessage message = message(execution.grant(), http);
        for (int redirects = 0; ; redirects++) {
            try (Socket socket = connector.connect(target, guard.open())) {
                guard.check();
                OutputStream out = socket.getOutputStream();
                out.write(message.head(target));
                out.write(message.body());
                out.flush();
                HttpAnswerReader reader = new HttpAnswerReader(socket.getInputStream());
                HttpAnswer answer = reader.head();
                if (!answer.isRedirect()) {
                    if (answer.hasBody(message.method())) {
                        reader.body(answer, execution.output());
                    }
                    return outcome(answer, execution.output());
                }
                if (redirects == REDIRECTS_MAX) {
                    return failed(answer, "HTTP " + answer.status() + ": too many redirects; max=" + REDIRECTS_MAX);
                }
                HttpTarget next = target.resolve(answer.headers().getOrDefault("location", ""));
                message = message.redirected(answer.status(), target.sameOrigin(next));
                target = next;
            }
        }
    }

    private HttpMessage message(Grant grant, JobRequest.Http http) throws CannotStartException {
        byte[] body = Optional.ofNullable(http.body()).orElse("").getBytes(StandardCharsets.UTF_8);
        String method = Optional.ofNullable(http.method()).orElse(body.length > 0 ? "POST" : "GET");
        Map<String, String> ours = new LinkedHashMap<>();
        ours.put("Idempotency-Key", grant.run());
        ours.put("Kalends-Run-Id", grant.run());
        ours.put("Kalends-Attempt", Integer.toString(grant.attempt()));
        ours.put("Kalends-Token", Long.toString(grant.token()));
        ours.put("Kalends-Nominal", grant.nominalAt());
        ours.put("Kalends-Tenant", grant.tenant());
        Map<String, String> headers = new LinkedHashMap<>(ours);
        if (http.headers() != null) {
            http.headers().forEach((name, value) -> {
                if (ours.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                    headers.put(name, value);
                }
            });
        }
        if (headers.keySet().stream().noneMatch("User-Agent"::equalsIgnoreCase)) {
            headers.put("User-Agent", "kalends/" + version);
        }
        return HttpMessage.of(method, headers, body);
    }

    private Outcome outcome(HttpAnswer answer, OutputTail output) {
        if (answer.isSuccess()) {
            return new Outcome(AttemptEnd.SUCCEEDED, Optional.of(answer.status()), Optional.empty(), 0);
        }
        String line = output.firstLine();
        String said = line.isEmpty() ? PlainText.of(answer.reason()).strip() : line;
        return failed(answer, "HTTP " + answer.status() + (said.isEmpty() ? "" : ": " + said));
    }

    private Outcome failed(HttpAnswer answer, String error) {
        return new Outcome(
                AttemptEnd.FAILED,
                Optional.of(answer.status()),
                Optional.of(PlainText.bounded(error)),
                answer.header("retry-after").map(this::retryAfterMs).orElse(0L));
    }

    /** Seconds, or a date. */
    private long retryAfterMs(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Math.min(RETRY_AFTER_MAX_S, Long.parseLong(text)) * 1000;
        }
        try {
            long atMs = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
            return Math.clamp(atMs - wall.nowMs(), 0, RETRY_AFTER_MAX_S * 1000);
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private static Outcome failure(IOException e, HttpGuard guard, Execution execution, Duration timeout) {
        return switch (execution.stop().reason()) {
            case CANCELLED -> ended(AttemptEnd.CANCELLED, "cancelled while running");
            case DRAINED -> ended(AttemptEnd.LOST, "stopped because its worker was drained");
            case LOST -> ended(AttemptEnd.LOST, "stopped because its lease was lost");
            case NONE ->
                guard.timedOut()
                        ? ended(AttemptEnd.TIMED_OUT, "timeout after " + DurationText.format(timeout.toMillis()))
                        : ended(AttemptEnd.FAILED, reason(e));
        };
    }

    private static String reason(IOException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        return e instanceof UnknownHostException ? "unknown host; host=" + message : "no answer; reason=" + message;
    }

    private static Outcome ended(AttemptEnd end, String error) {
        return new Outcome(end, Optional.empty(), Optional.of(PlainText.of(error)), 0);
    }
}
