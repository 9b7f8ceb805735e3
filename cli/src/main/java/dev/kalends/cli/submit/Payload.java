package dev.kalends.cli.submit;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text given as itself, as {@code @FILE}, as {@code -} for stdin; {@code @@} stands for a literal {@code @}. */
final class Payload {
    private final InputStream stdin;

    Payload(InputStream stdin) {
        this.stdin = stdin;
    }

    /** The text of a flag; null when it was not given. */
    @Nullable
    String read(String flag, Optional<String> given) throws IOException {
        if (given.isEmpty()) {
            return null;
        }
        String text = given.get();
        if (text.startsWith("@@")) {
            return text.substring(1);
        }
        if (text.equals("-") && flag.equals("--stdin")) {
            return bounded(flag, "stdin", stdin);
        }
        if (!text.startsWith("@")) {
            return text;
        }
        Path file = Path.of(text.substring(1));
        try (InputStream in = Files.newInputStream(file)) {
            return bounded(flag, file.toString(), in);
        } catch (IOException e) {
            throw new ApiException(
                    ErrorCode.USAGE,
                    flag + ": the file cannot be read; file=" + file,
                    "a text that starts with @ itself is written @" + text);
        }
    }

    private static String bounded(String flag, String source, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Limits.BODY_BYTES_MAX + 1);
        if (bytes.length > Limits.BODY_BYTES_MAX) {
            throw new ApiException(
                    ErrorCode.TOO_LARGE,
                    flag + " is at most " + Limits.BODY_BYTES_MAX + " bytes; source=" + source,
                    "let the command fetch what is larger");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    flag + " is no UTF-8 text; source=" + source,
                    "encode it, for example as base64");
        }
    }
}
