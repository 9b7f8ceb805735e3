package dev.kalends.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Knows who presents a bearer token. */
@FunctionalInterface
public interface Principals {
    /** Shortest token that is ever accepted: an empty or guessable one must not open anything. */
    int TOKEN_CHARS_MIN = 32;

    /** Whose token it is; empty for nobody's. Takes the same time for every wrong token. */
    Optional<Principal> of(String token);

    /** Knows one token: the admin's. Throws {@link IllegalArgumentException} when it is too short. */
    static Principals admin(String adminToken) {
        if (adminToken.length() < TOKEN_CHARS_MIN) {
            throw new IllegalArgumentException(
                    "a token has at least " + TOKEN_CHARS_MIN + " characters; length=" + adminToken.length());
        }
        byte[] expected = adminToken.getBytes(StandardCharsets.UTF_8);
        return token -> MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8))
                ? Optional.of(Principal.admin())
                : Optional.empty();
    }
}
