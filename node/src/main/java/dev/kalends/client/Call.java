package dev.kalends.client;

import dev.kalends.api.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, as it is sent again and again until it is answered.
 *
 * @param requestId makes repeating safe; null for requests that change nothing
 * @param parkMs how long the node may hold the answer back, on top of the request timeout
 * @param tries whether a failed try is repeated
 */
record Call(String method, String target, @Nullable String requestId, byte[] body, long parkMs, Tries tries) {
    private static final byte[] NO_BODY = {};

    /** Whether to try again. */
    enum Tries {
        ONCE,
        UNTIL_TIMEOUT
    }

    static Call get(Target target) {
        return new Call("GET", target.toString(), null, NO_BODY, 0, Tries.UNTIL_TIMEOUT);
    }

    /** A change; the id is made here, once for all tries. */
    static Call change(String method, Target target, Optional<Object> body) {
        return new Call(
                method,
                target.toString(),
                RequestIds.next(),
                body.map(Json::writeRequest).orElse(NO_BODY),
                0,
                Tries.UNTIL_TIMEOUT);
    }

    Call parked(long waitMs) {
        return new Call(method, target, requestId, body, waitMs, tries);
    }

    Call once() {
        return new Call(method, target, requestId, body, parkMs, Tries.ONCE);
    }
}
