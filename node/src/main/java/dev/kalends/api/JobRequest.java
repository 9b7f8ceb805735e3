package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as users write it: one object of {@code POST /v1/jobs}, one line of a bulk, the shape that export writes.
 *
 * <p>Field names are the flags' names in camelCase; durations and instants are texts as on the command line. Absent is
 * null. Unknown fields are an error that names them.
 */
@Json
public record JobRequest(
        @Nullable String name,
        @Nullable String key,
        @Nullable String tenant,
        @Nullable String at,
        @Nullable String in,
        @Nullable String every,
        @Nullable String anchor,
        @Nullable String cron,
        @Nullable List<String> after,
        @Nullable Boolean manual,
        @Nullable String tz,
        @Nullable List<String> command,
        @Nullable Http http,
        @Nullable Boolean noop,
        @Nullable String stdin,
        @Nullable Map<String, String> env,
        @Nullable String cwd,
        @Nullable String user,
        @Nullable String queue,
        @Nullable String priority,
        @Nullable Integer maxAttempts,
        @Nullable String backoff,
        @Nullable String maxAge,
        @Nullable String timeout,
        @Nullable String deadline,
        @Nullable String onLost,
        @Nullable List<Integer> retryOn,
        @Nullable List<Integer> fatalOn,
        @Nullable String overlap,
        @Nullable String catchUp,
        @Nullable String dst,
        @Nullable List<String> except,
        @Nullable String from,
        @Nullable String until,
        @Nullable Integer maxRuns,
        @Nullable String splay,
        @Nullable String sandbox,
        @Nullable Map<String, Integer> limit,
        @Nullable Map<String, String> labels) {

    /** An HTTP call. */
    @Json
    public record Http(
            @Nullable String method,
            @Nullable String url,
            @Nullable Map<String, String> headers,
            @Nullable String body) {}
}
