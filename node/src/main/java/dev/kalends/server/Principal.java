package dev.kalends.server;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name for the log and the record
 * @param tenant the only tenant it may act for; empty = any
 */
public record Principal(String name, Optional<String> tenant, Set<Permission> permissions) {
    public Principal {
        permissions = Set.copyOf(permissions);
    }

    /** Whoever holds the node's admin token: may do everything, for every tenant. */
    public static Principal admin() {
        return new Principal("admin", Optional.empty(), Set.of(Permission.values()));
    }
}
