package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** Dead letters with one fingerprint; {@code jobs} lists at most ten of their jobs. */
@Json
public record DeadGroup(
        String fingerprint, long count, String error, List<String> jobs, String firstAt, String lastAt) {}
