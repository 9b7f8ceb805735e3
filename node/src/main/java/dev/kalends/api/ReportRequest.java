package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finished attempts, at most {@value #REPORTS_MAX}. */
@Json
public record ReportRequest(int protocol, String worker, List<Report> reports) {
    /** Most attempts in one report. */
    public static final int REPORTS_MAX = 4096;

    /**
     * One finished attempt.
     *
     * @param end succeeded, failed, timed_out, lost or cancelled
     * @param retryAfterMs how long the other side asked to wait (HTTP Retry-After), if it did
     * @param outputOffset where {@code output} begins in the attempt's output
     * @param output the last output, base64
     */
    @Json
    public record Report(
            String run,
            int series,
            int attempt,
            long token,
            String end,
            long startedAtMs,
            long finishedAtMs,
            @Nullable Integer exitCode,
            @Nullable String error,
            @Nullable Long retryAfterMs,
            long outputOffset,
            @Nullable String output) {}
}
