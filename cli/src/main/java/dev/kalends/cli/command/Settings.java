package dev.kalends.cli.command;

import dev.kalends.cli.output.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What every command is told: whom to ask, as whom, and how to answer. Made by {@link SettingsReader}. */
public record Settings(Target target, Manner manner) {
    /** The node that is asked when nobody names one. */
    public static final String NODE_DEFAULT = "http://127.0.0.1:7070";
    /** The tenant that is meant when nobody names one. */
    public static final String TENANT_DEFAULT = "default";
    /** How long a request may take, its retries included, when nobody says, in milliseconds. */
    public static final long REQUEST_TIMEOUT_DEFAULT_MS = 30_000;

    /** Whom to ask, and as whom. */
    public record Target(List<String> nodes, String tenant, Optional<Path> tokenFile, long requestTimeoutMs) {}

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
