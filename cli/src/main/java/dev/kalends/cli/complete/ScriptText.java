package dev.kalends.cli.complete;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The parts of the completion scripts that are the same whatever the commands are, from our resources. */
final class ScriptText {
    private ScriptText() {}

    static String read(String name) {
        try (InputStream in = ScriptText.class.getResourceAsStream("/dev/kalends/cli/complete/" + name)) {
            if (in == null) {
                throw new IllegalStateException("a part of the program is missing; resource=" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text between single quotes, for zsh and bash. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
