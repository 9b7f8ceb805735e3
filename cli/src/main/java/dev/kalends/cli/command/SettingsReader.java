package dev.kalends.cli.command;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.io.Environment;
import dev.kalends.cli.output.Format;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.ScheduleFormatException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.ParseResult;

/** Reads the settings: flag, then environment, then settings file. What is wrong with them is reported together. */
final class SettingsReader {
    private final ParseResult parsed;
    private final List<String> problems = new ArrayList<>();
    private final SettingSources sources;

    SettingsReader(ParseResult parsed, Environment environment) {
        this.parsed = parsed;
        this.sources = new SettingSources(environment, file(environment));
    }

    SettingSources sources() {
        return sources;
    }

    Settings read() {
        List<URI> nodes = nodes(find("node").orElse(Settings.NODE_DEFAULT));
        Optional<String> tenant = find("tenant");
        Optional<Path> tokenFile = find("token-file").map(Path::of);
        long timeoutMs = find("request-timeout").map(this::timeoutMs).orElse(Settings.REQUEST_TIMEOUT_DEFAULT_MS);
        Settings.Manner manner = new Settings.Manner(
                find("output").map(this::format).orElse(Format.AUTO),
                parsed.hasMatchedOption("--quiet"),
                toggle("utc"),
                parsed.hasMatchedOption("--yes"),
                !toggle("no-color"));
        if (!problems.isEmpty()) {
            throw together();
        }
        return new Settings(new Settings.Target(nodes, tenant, tokenFile, timeoutMs), manner);
    }

    private ApiException together() {
        if (problems.size() == 1) {
            return new ApiException(ErrorCode.USAGE, problems.getFirst(), "settings are explained by kalends --help");
        }
        return new ApiException(ErrorCode.USAGE, problems.size() + " settings are wrong", String.join("\n", problems));
    }

    private Optional<String> find(String name) {
        String flag = parsed.matchedOptionValue("--" + name, (String) null);
        return flag != null ? Optional.of(flag) : sources.find(name);
    }

    private boolean toggle(String name) {
        return parsed.hasMatchedOption("--" + name)
                || sources.find(name)
                        .map(value -> value.equals("true") || value.equals("1"))
                        .orElse(false);
    }

    private List<URI> nodes(String text) {
        List<URI> nodes = new ArrayList<>();
        for (String node : text.split(",", -1)) {
            try {
                URI url = URI.create(node.strip().replaceAll("/+$", ""));
                boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                if (web && url.getHost() != null && url.getRawPath().isEmpty()) {
                    nodes.add(url);
                    continue;
                }
            } catch (IllegalArgumentException e) {
                // Told below, as every other text that is no address.
            }
            problems.add("--node takes URLs such as " + Settings.NODE_DEFAULT + "; value=" + node);
        }
        return nodes;
    }

    private long timeoutMs(String text) {
        try {
            return DurationText.parse(text);
        } catch (ScheduleFormatException e) {
            problems.add("--request-timeout: " + e.getMessage());
            return Settings.REQUEST_TIMEOUT_DEFAULT_MS;
        }
    }

    private Format format(String word) {
        Optional<Format> format = Format.ofWord(word);
        if (format.isEmpty()) {
            problems.add("-o takes " + Format.WORDS + "; value=" + word);
        }
        return format.orElse(Format.AUTO);
    }

    private Map<String, String> file(Environment environment) {
        String named = parsed.matchedOptionValue("--config", (String) null);
        Optional<String> explicit =
                named != null ? Optional.of(named) : environment.get(SettingSources.variable("config"));
        Path file = explicit.map(Path::of).orElseGet(environment::configFile);
        if (explicit.isEmpty() && !Files.exists(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("the settings file cannot be read; file=" + file + " reason=" + e.getMessage());
        }
        Map<String, String> valueByName = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (!GlobalOptions.SETTING_NAMES.contains(name)) {
                String near = Nearest.to(name, GlobalOptions.SETTING_NAMES)
                        .map(n -> ", did you mean " + n + "?")
                        .orElse("");
                problems.add("the settings file has an unknown setting" + near + "; file=" + file + " name=" + name);
            }
            valueByName.put(name, properties.getProperty(name).strip());
        }
        return valueByName;
    }
}
