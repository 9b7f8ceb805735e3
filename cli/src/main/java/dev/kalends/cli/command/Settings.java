package dev.kalends.cli.command;

import dev.kalends.cli.output.Format;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What every command is told: whom to ask, as whom, and how to answer. Made by {@link SettingsReader}. */
public record Settings(Target target, Manner manner) {
    /** The node that is asked when nobody names one. */
    public static final String NODE_DEFAULT = "http://127.0.0.1:7070";
    /** How long a request may take, its retries included, when nobody says, in milliseconds. */
    public static final long REQUEST_TIMEOUT_DEFAULT_MS = 30_000;

    /**
     * Whom to ask, and as whom.
     *
     * @param tenant empty: the token's own
     * @param requestTimeoutMs how long one request may take, its retries included
     */
    public record Target(List<URI> nodes, Optional<String> tenant, Optional<Path> tokenFile, long requestTimeoutMs) {}

    /**
     * How to answer.
     *
     * @param quiet ids only
     * @param utc absolute times in UTC and not in the zone of the machine
     * @param yes do not ask
     * @param colours whether {@code --no-color} is absent
     */
    public record Manner(Format format, boolean quiet, boolean utc, boolean yes, boolean colours) {}
}
