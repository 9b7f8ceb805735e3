package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to execute, with the right to do so.
 *
 * @param run the run's id: the idempotency key
 * @param series with token names the attempt in a report
 * @param token the fencing token
 * @param nominalAt RFC 3339
 * @param kind command, http or noop
 */
@Json
public record Grant(
        String run,
        int series,
        int attempt,
        long token,
        String nominalAt,
        String tenant,
        String kind,
        @Nullable List<String> command,
        @Nullable Map<String, String> env,
        @Nullable String cwd,
        @Nullable String user,
        @Nullable String stdin,
        JobRequest.@Nullable Http http,
        @Nullable Long timeoutMs,
        @Nullable String sandbox) {}
