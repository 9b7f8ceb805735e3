package dev.kalends.api;

import java.util.Optional;

/** A refused request: a stable code, what is wrong, what to do next. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final String hint;
    private final long retryAfterMs;

    public ApiException(ErrorCode code, String message, String hint) {
        this(code, message, hint, 0);
    }

    /** With how long to wait before another try, in milliseconds; 0 = not said. */
    public ApiException(ErrorCode code, String message, String hint, long retryAfterMs) {
        super(message);
        this.code = code;
        this.hint = hint;
        this.retryAfterMs = retryAfterMs;
    }

    public ErrorCode code() {
        return code;
    }

    public String message() {
        return Optional.ofNullable(getMessage()).orElse(code.word());
    }

    /** The next step; empty when there is none. */
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    public long retryAfterMs() {
        return retryAfterMs;
    }

    public ErrorBody toBody() {
        return new ErrorBody(new ErrorBody.Detail(code.word(), message(), hint.isEmpty() ? null : hint));
    }
}
