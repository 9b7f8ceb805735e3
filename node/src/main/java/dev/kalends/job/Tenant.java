package dev.kalends.job;

import java.util.Optional;

/**
 * A tenant's limits; empty = unlimited.
 *
 * @param submitsPerSec sustained submission rate in jobs a second
 * @param burst jobs that may come at once
 */
public record Tenant(String name, Optional<Integer> submitsPerSec, Optional<Integer> burst) {}
