package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters and their groups. */
@Json
public record DeadPage(
        String asOf,
        List<DeadGroup> groups,
        List<DeadView> items,
        @Nullable String next) {}
