package dev.kalends.server;

import dev.kalends.api.JobRequest;
import dev.kalends.job.Backoff;
import dev.kalends.job.CatchUp;
import dev.kalends.job.Limit;
import dev.kalends.job.Limits;
import dev.kalends.job.OnLost;
import dev.kalends.job.Overlap;
import dev.kalends.job.Policy;
import dev.kalends.job.Priority;
import dev.kalends.job.Retry;
import dev.kalends.job.SandboxMode;
import dev.kalends.server.Field.DurationBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads how a job is released, tried and given up. */
final class PolicyReader {
    private static final int CODES_MAX = 256;
    private static final int CODE_MAX = 999;
    private static final String BETWEEN = "..";

    private PolicyReader() {}

    static Policy read(JobRequest request) {
        if (Field.word("sandbox", request.sandbox(), SandboxMode.NONE) == SandboxMode.REQUIRED) {
            throw Field.notYet("sandbox=required");
        }
        String queue = Optional.ofNullable(request.queue()).orElse(Policy.DEFAULT_QUEUE);
        NameText.check("queue", queue, Limits.QUEUE_BYTES_MAX);
        return new Policy(
                queue,
                Field.word("priority", request.priority(), Priority.NORMAL),
                retry(request),
                Field.duration("timeout", request.timeout(), DurationBound.ONE),
                Field.duration("deadline", request.deadline(), DurationBound.ZERO),
                Field.word("overlap", request.overlap(), Overlap.SKIP),
                Field.word("catchUp", request.catchUp(), CatchUp.LAST),
                SandboxMode.NONE,
                limits(request.limit()));
    }

    private static List<String> limits(@Nullable Map<String, Integer> sent) {
        Map<String, Integer> limits = sent == null ? Map.of() : sent;
        if (limits.size() > Limits.LIMITS_MAX) {
            throw Field.invalid("a job has at most " + Limits.LIMITS_MAX + " limits; limits=" + limits.size());
        }
        List<String> texts = new ArrayList<>();
        new TreeMap<>(limits).forEach((key, most) -> {
            NameText.check("limit", key, Limits.LIMIT_KEY_BYTES_MAX);
            if (most == null || most < 1 || most > Limits.LIMIT_MAX) {
                throw Field.invalid("a limit is 1 to " + Limits.LIMIT_MAX + " runs at once; limit=" + key + "=" + most);
            }
            texts.add(new Limit(key, most).toString());
        });
        return texts;
    }

    private static Retry retry(JobRequest request) {
        int attempts = Optional.ofNullable(request.maxAttempts()).orElse(Retry.DEFAULT.maxAttempts());
        if (attempts < 1 || attempts > Limits.ATTEMPTS_MAX) {
            throw Field.invalid("maxAttempts is 1 to " + Limits.ATTEMPTS_MAX + "; maxAttempts=" + attempts);
        }
        return new Retry(
                attempts,
                backoff(request.backoff()),
                Field.duration("maxAge", request.maxAge(), DurationBound.ONE),
                Field.word("onLost", request.onLost(), OnLost.RETRY),
                codes("retryOn", request.retryOn()),
                codes("fatalOn", request.fatalOn()));
    }

    private static Backoff backoff(@Nullable String text) {
        if (text == null) {
            return Backoff.DEFAULT;
        }
        int between = text.indexOf(BETWEEN);
        String min = between < 0 ? text : text.substring(0, between);
        String max = between < 0 ? text : text.substring(between + BETWEEN.length());
        long minMs = Field.duration("backoff", min, 0);
        long maxMs = Field.duration("backoff", max, 0);
        if (maxMs < minMs) {
            throw Field.invalid("backoff is MIN..MAX, such as 10s..1h; backoff=" + Texts.excerpt(text));
        }
        return new Backoff(minMs, maxMs);
    }

    private static List<Integer> codes(String field, @Nullable List<Integer> sent) {
        List<Integer> codes = sent == null ? List.of() : sent;
        if (codes.size() > CODES_MAX) {
            throw Field.invalid(field + " has at most " + CODES_MAX + " codes; codes=" + codes.size());
        }
        for (Integer code : codes) {
            if (code == null || code < 0 || code > CODE_MAX) {
                throw Field.invalid(field + " has exit codes or HTTP statuses, 0 to " + CODE_MAX + "; code=" + code);
            }
        }
        return codes;
    }
}
