package dev.kalends.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where tokens are looked for, in which order. */
final class TokensTest {
    private static final URI NODE = URI.create("http://127.0.0.1:7070");

    @Test
    void theUsersStateDirectoryHoldsOneForEachNode(@TempDir Path home) throws IOException {
        Path tokens = Files.createDirectories(home.resolve(".local/state/kalends/tokens"));
        Files.writeString(tokens.resolve("127.0.0.1_7070"), "t1\n");
        Files.writeString(tokens.resolve("node-1.example_443"), "t2");
        Tokens source = Tokens.of(Optional.empty(), Map.of("HOME", home.toString()));
        assertEquals(Optional.of("t1"), source.tokenFor(NODE));
        assertEquals(Optional.of("t2"), source.tokenFor(URI.create("https://node-1.example")));
        assertEquals(Optional.empty(), source.tokenFor(URI.create("http://127.0.0.1:7071")));
        assertEquals(Path.of("/s/kalends/tokens"), Tokens.directory(Map.of("HOME", "/h", "XDG_STATE_HOME", "/s")));
    }

    @Test
    void theFlagComesBeforeTheVariableBeforeTheDirectory(@TempDir Path directory) throws IOException {
        Path flag = Files.writeString(directory.resolve("flag"), "from-flag");
        Path variable = Files.writeString(directory.resolve("variable"), "from-variable");
        Map<String, String> environment = Map.of("HOME", "/nowhere", Tokens.FILE_VARIABLE, variable.toString());
        assertEquals(
                Optional.of("from-flag"),
                Tokens.of(Optional.of(flag), environment).tokenFor(NODE));
        assertEquals(
                Optional.of("from-variable"),
                Tokens.of(Optional.empty(), environment).tokenFor(NODE));
    }

    @Test
    void aNamedFileMustBeThere() {
        Tokens source = Tokens.of(Optional.of(Path.of("/no/such/file")), Map.of());
        ApiException e = assertThrows(ApiException.class, () -> source.tokenFor(NODE));
        assertEquals(ErrorCode.UNAUTHORIZED, e.code());
        assertEquals("there is no such token file; file=/no/such/file", e.message());
    }
}
