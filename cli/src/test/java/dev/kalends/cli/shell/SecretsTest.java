package dev.kalends.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds a secret is not remembered. */
final class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                " ls",
                "\tls",
                "",
                "ls --token-file /etc/token",
                "--token-file=x ls",
                "token create",
                "submit --in 1s --http GET http://h --header 'Authorization: Basic eA=='",
                "submit --env DB_PASSWORD=x --noop",
                "submit --env API_KEY=x --noop",
                "submit --env AWS_SECRET_ACCESS_KEY=x --noop"
            })
    void notKept(String line) {
        assertFalse(Secrets.mayBeKept(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "submit --key order-4711 --noop", "show billing/close"})
    void kept(String line) {
        assertTrue(Secrets.mayBeKept(line));
    }

    @Test
    void theFileHasNoSecretAndNoOtherReader(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("history");
        PrivateHistory history = new PrivateHistory();
        LineReader reader = LineReaderBuilder.builder()
                .terminal(new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream()))
                .history(history)
                .variable(LineReader.HISTORY_FILE, file)
                .build();
        history.attach(reader);
        Instant then = Instant.parse("2026-11-26T00:00:00Z");
        for (String line : List.of("ls", "ls --token-file /etc/t", " show a", "show b")) {
            history.add(then, line);
        }
        history.save();
        List<String> kept = Files.readAllLines(file).stream()
                .map(line -> line.substring(line.indexOf(':') + 1))
                .toList();
        assertEquals(List.of("ls", "show b"), kept);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}
