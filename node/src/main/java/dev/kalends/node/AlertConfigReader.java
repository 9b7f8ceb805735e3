package dev.kalends.node;

import dev.kalends.alert.AlertSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads where alerts go, and says everything that is wrong with it; never shows the address, which may be a secret. */
final class AlertConfigReader {
    private static final String URL = "alert-webhook";
    private static final String TOKEN_FILE = "alert-webhook-token-file";

    static final List<String> SETTINGS = List.of(URL, TOKEN_FILE);

    private final Function<String, Optional<String>> value;
    private final List<String> problems;

    AlertConfigReader(Function<String, Optional<String>> value, List<String> problems) {
        this.value = value;
        this.problems = problems;
    }

    Optional<AlertSettings> read() {
        Optional<Path> tokenFile = value.apply(TOKEN_FILE).flatMap(this::file);
        Optional<String> text = value.apply(URL);
        if (text.isEmpty()) {
            if (value.apply(TOKEN_FILE).isPresent()) {
                problems.add("a token of a webhook needs the webhook; settings=" + TOKEN_FILE);
            }
            return Optional.empty();
        }
        return url(text.get()).map(url -> new AlertSettings(url, tokenFile));
    }

    private Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            if (Set.of("http", "https").contains(scheme) && url.getHost() != null && url.getRawUserInfo() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // Falls through to the one message that says what would be right.
        }
        problems.add("an address such as https://HOST/PATH, without user and password, which go into a file;"
                + " setting=" + URL + " characters=" + text.length());
        return Optional.empty();
    }

    private Optional<Path> file(String text) {
        try {
            Path file = Path.of(text).toAbsolutePath().normalize();
            if (!text.isEmpty() && Files.isReadable(file) && Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        } catch (InvalidPathException e) {
            // Falls through to the one message that says what would be right.
        }
        problems.add("a file that this user can read and that holds the webhook's token; " + TOKEN_FILE + "=" + text);
        return Optional.empty();
    }
}
