package dev.kalends.client;

import dev.kalends.api.ApiException;
import java.net.UnknownHostException;
import java.util.Optional;

/** One try came to nothing, but another may succeed. */
final class TryFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final transient Optional<ApiException> answer;

    /** How far it came. */
    enum Kind {
        /** No connection: the node has not seen the request. */
        NOT_CONNECTED,
        /** The answer is missing: the node may have done it. */
        IN_DOUBT,
        /** The node said that it cannot now. */
        UNAVAILABLE,
        /** The node said that it was asked too often. */
        THROTTLED
    }

    TryFailedException(Kind kind, Throwable cause) {
        super(reason(cause), cause);
        this.kind = kind;
        this.answer = Optional.empty();
    }

    TryFailedException(Kind kind, ApiException answer) {
        super(answer.message(), answer);
        this.kind = kind;
        this.answer = Optional.of(answer);
    }

    Kind kind() {
        return kind;
    }

    /** What the node said, if it answered. */
    Optional<ApiException> answer() {
        return answer;
    }

    String reason() {
        return Optional.ofNullable(getMessage()).orElse("unknown");
    }

    private static String reason(Throwable cause) {
        String message =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        return cause instanceof UnknownHostException ? "unknown host " + message : message;
    }
}
