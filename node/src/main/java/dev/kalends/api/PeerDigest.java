package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A hash of what a node's replica of a partition holds, without its history.
 *
 * @param position of the journal up to which it holds it
 * @param jobs in it
 * @param digest 32 hexadecimal digits; null when there are too many jobs to look at all of them
 */
@Json
public record PeerDigest(
        int partition,
        String node,
        String version,
        long position,
        long jobs,
        @Nullable String digest) {}
