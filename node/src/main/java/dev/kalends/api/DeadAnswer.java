package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** What a redrive or discard did, or would do. */
@Json
public record DeadAnswer(long count, double ratePerSec, long durationMs, boolean dryRun, List<String> runs) {}
