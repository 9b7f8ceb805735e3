package dev.kalends.cli.chaos;

import dev.kalends.client.TokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The token that all nodes, workers and clients of a cluster share. */
record Tokens(Path file) {
    String text() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CellFailure("the token cannot be read; file=" + file);
        }
    }

    TokenSource source() {
        Optional<String> token = Optional.of(text());
        return _ -> token;
    }
}
