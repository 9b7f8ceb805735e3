package dev.kalends.cli.command;

import dev.kalends.cli.io.Environment;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where settings come from when no flag names them: the environment first, then the settings file. */
public record SettingSources(Environment environment, Map<String, String> fileValueByName) {
    public SettingSources {
        fileValueByName = Map.copyOf(fileValueByName);
    }

    /** The value of a setting such as {@code token-file}. */
    public Optional<String> find(String name) {
        return environment.get(variable(name)).or(() -> Optional.ofNullable(fileValueByName.get(name)));
    }

    /** The environment variable of a setting: {@code KALENDS_TOKEN_FILE} for {@code token-file}. */
    public static String variable(String name) {
        return "KALENDS_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
