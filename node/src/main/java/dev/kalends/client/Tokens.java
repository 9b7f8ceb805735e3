package dev.kalends.client;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where tokens lie: the file that the user names, else one file for each node in the user's state directory, which a
 * node writes at its first start.
 */
public final class Tokens implements TokenSource {
    /** The environment variable that names a token file. */
    public static final String FILE_VARIABLE = "KALENDS_TOKEN_FILE";

    private static final int TOKEN_BYTES_MAX = 4096;

    private final Optional<Path> named;
    private final Path directory;

    private Tokens(Optional<Path> named, Path directory) {
        this.named = named;
        this.directory = directory;
    }

    /**
     * Tokens of the user with this environment.
     *
     * @param tokenFile the {@code --token-file} flag
     */
    public static Tokens of(Optional<Path> tokenFile, Map<String, String> environment) {
        Optional<Path> named = tokenFile.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE))
                .filter(text -> !text.isEmpty())
                .map(Path::of));
        return new Tokens(named, directory(environment));
    }

    /** The directory in which nodes leave tokens for the commands of the same user. */
    public static Path directory(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base =
                state.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "state") : Path.of(state);
        return base.resolve("kalends").resolve("tokens");
    }

    /** The file name of a node's token: {@code HOST_PORT}. */
    public static String fileName(String host, int port) {
        return host.replaceAll("[^A-Za-z0-9.-]", "-") + "_" + port;
    }

    @Override
    public Optional<String> tokenFor(URI node) {
        if (named.isPresent()) {
            return Optional.of(read(named.get())
                    .orElseThrow(() -> new ApiException(
                            ErrorCode.UNAUTHORIZED,
                            "there is no such token file; file=" + named.get(),
                            "check --token-file and " + FILE_VARIABLE)));
        }
        int port = node.getPort() >= 0 ? node.getPort() : node.getScheme().equals("https") ? 443 : 80;
        return read(directory.resolve(fileName(node.getHost(), port)));
    }

    private static Optional<String> read(Path file) {
        try {
            if (Files.size(file) > TOKEN_BYTES_MAX) {
                throw new ApiException(
                        ErrorCode.UNAUTHORIZED, "the token file is too long to be one; file=" + file, "");
            }
            String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return token.isEmpty() ? Optional.empty() : Optional.of(token);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ApiException(
                    ErrorCode.UNAUTHORIZED,
                    "the token file cannot be read; file=" + file + " reason=" + e.getMessage(),
                    "it belongs to the user who started the node");
        }
    }
}
