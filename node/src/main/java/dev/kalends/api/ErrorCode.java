package dev.kalends.api;

import java.util.Locale;

/** The stable error codes: the word in JSON and on stderr, the HTTP status, the exit code of a command. */
public enum ErrorCode {
    INTERNAL(500, 1),
    FAILED(500, 1),
    USAGE(400, 2),
    INVALID(422, 2),
    TOO_LARGE(413, 2),
    NOT_FOUND(404, 3),
    UNAUTHORIZED(401, 4),
    FORBIDDEN(403, 4),
    CONFLICT(409, 5),
    PRECONDITION_FAILED(412, 5),
    UNREACHABLE(503, 6),
    UNAVAILABLE(503, 6),
    PARTLY_FAILED(207, 7),
    RUN_FAILED(200, 8),
    WAIT_TIMEOUT(200, 9),
    THROTTLED(429, 10);

    private final int httpStatus;
    private final int exitCode;

    ErrorCode(int httpStatus, int exitCode) {
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public int exitCode() {
        return exitCode;
    }

    /** The word users and scripts see, such as {@code not_found}. */
    public String word() {
        return switch (this) {
            case TOO_LARGE -> "invalid";
            case PRECONDITION_FAILED -> "conflict";
            case INTERNAL,
                    FAILED,
                    USAGE,
                    INVALID,
                    NOT_FOUND,
                    UNAUTHORIZED,
                    FORBIDDEN,
                    CONFLICT,
                    UNREACHABLE,
                    UNAVAILABLE,
                    PARTLY_FAILED,
                    RUN_FAILED,
                    WAIT_TIMEOUT,
                    THROTTLED -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** The code of a word; {@link #INTERNAL} for a word of a newer node. */
    public static ErrorCode ofWord(String word) {
        for (ErrorCode code : values()) {
            if (code.word().equals(word)) {
                return code;
            }
        }
        return INTERNAL;
    }
}
