package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** One verdict per report, in order: {@code accepted}, {@code repeated} or {@code rejected: why}. */
@Json
public record ReportAnswer(List<String> verdicts) {}
