package dev.kalends.client;

import java.net.URI;
import java.util.Optional;

/** Finds the bearer token for a node. */
@FunctionalInterface
public interface TokenSource {
    /** The token to show to a node; empty when none is known. */
    Optional<String> tokenFor(URI node);
}
