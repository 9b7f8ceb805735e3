package dev.kalends.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The redrives with a canary that this node began, the last of them; gone when it stops, as they are. */
final class CanaryBook {
    private static final int KEPT_MAX = 200;

    private final Map<String, Entry> entryById = new LinkedHashMap<>();

    private record Entry(CanaryRedrive canary, String tenant) {}

    /** False when it is in the book already. */
    synchronized boolean enter(CanaryRedrive canary, String tenant) {
        if (entryById.putIfAbsent(canary.id(), new Entry(canary, tenant)) != null) {
            return false;
        }
        if (entryById.size() > KEPT_MAX) {
            entryById.keySet().stream().findFirst().ifPresent(entryById::remove);
        }
        return true;
    }

    /** It did not begin. */
    synchronized void leave(CanaryRedrive canary) {
        entryById.remove(canary.id());
    }

    /** A redrive of a tenant that may be seen. */
    synchronized Optional<CanaryRedrive> find(String id, Scope scope) {
        return Optional.ofNullable(entryById.get(id))
                .filter(entry -> scope.sees(entry.tenant()))
                .map(Entry::canary);
    }
}
