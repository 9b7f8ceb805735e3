package dev.kalends.cli.io;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The environment variables. An empty variable counts as absent. */
public record Environment(Map<String, String> valueByName) {
    public Environment {
        valueByName = Map.copyOf(valueByName);
    }

    public Optional<String> get(String name) {
        String value = valueByName.get(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** The settings file that is read when none is named: {@code $XDG_CONFIG_HOME/kalends/kalends.conf}. */
    public Path configFile() {
        return under("XDG_CONFIG_HOME", ".config").resolve("kalends").resolve("kalends.conf");
    }

    /** Where is kept what a user's commands remember: {@code $XDG_STATE_HOME/kalends}. */
    public Path stateDirectory() {
        return under("XDG_STATE_HOME", ".local/state").resolve("kalends");
    }

    /** Where a node keeps its data when nobody says: {@code $XDG_STATE_HOME/kalends/data}, for root a system path. */
    public Path dataDirectory() {
        return "root".equals(System.getProperty("user.name"))
                ? Path.of("/var/lib/kalends")
                : stateDirectory().resolve("data");
    }

    private Path under(String variable, String inHome) {
        return get(variable)
                .map(Path::of)
                .orElseGet(() -> Path.of(get("HOME").orElse(".")).resolve(inHome));
    }
}
