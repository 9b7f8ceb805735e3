package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A queue.
 *
 * @param declared whether an operator declared it; in a cluster only those take jobs
 * @param ready runs that wait in it for a worker; null when it was only named
 */
@Json
public record QueueView(
        String name, boolean declared, @Nullable Long ready) {}
