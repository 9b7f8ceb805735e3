package dev.kalends.api;

import io.avaje.jsonb.Json;

/** Names a lease by its run and its fencing token. */
@Json
public record LeaseName(String run, long token) {
    /** Most leases that are asked about, or disowned, in one message. */
    public static final int MOST = 1_000;
}
