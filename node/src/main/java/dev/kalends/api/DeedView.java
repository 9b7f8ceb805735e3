package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, or a node by itself.
 *
 * @param who a person as the client told it, a token's name, or a node
 * @param tenant null for what is of all
 * @param detail null for none
 */
@Json
public record DeedView(
        String at,
        String who,
        String verb,
        String subject,
        @Nullable String tenant,
        @Nullable String detail) {}
