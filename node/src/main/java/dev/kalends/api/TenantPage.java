package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** All tenants. */
@Json
public record TenantPage(String asOf, List<TenantView> items) {}
