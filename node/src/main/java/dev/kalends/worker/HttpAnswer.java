package dev.kalends.worker;

import java.util.Map;
import java.util.Optional;

/**
 * The head of an answer.
 *
 * @param headers by name in lower case; the last of several
 */
record HttpAnswer(int status, String reason, Map<String, String> headers) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> headers.containsKey("location");
            default -> false;
        };
    }

    boolean hasBody(String method) {
        return !method.equals("HEAD") && status != 204 && status != 304;
    }
}
