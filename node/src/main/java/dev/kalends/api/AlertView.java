package dev.kalends.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a node POSTs to its webhook; the manual page {@code kalends-node(8)} promises it.
 *
 * @param version of this form; fields are only ever added
 * @param key the same for everything that is told of one matter, whichever node tells it
 * @param event begin, more (there is more of it than was told) or end
 * @param code dead_letters, skew_breach, ledger_gap or no_leader
 * @param severity critical or warning
 * @param source the cluster's name, or the node's when it is alone
 * @param node who tells it
 * @param amount how much of it there is; 0 once it has ended
 * @param endedAt null while it lasts
 */
@Json
public record AlertView(
        int version,
        String key,
        String event,
        String code,
        String severity,
        String source,
        String node,
        String message,
        String hint,
        long amount,
        String beganAt,
        @Nullable String endedAt,
        String sentAt) {}
