package dev.kalends.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kalends.server.NodeLog.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the log, for people and for the journal. */
final class StderrLogTest {
    private static String logged(StderrLog.Form form) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StderrLog log = new StderrLog(new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> 0, form);
        log.line(Level.INFO, "ready\nor not");
        log.line(Level.WARN, "late");
        log.line(Level.ERROR, "broken");
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void peopleGetInstantAndLevel() {
        assertEquals("""
                1970-01-01T00:00:00.000Z info ready or not
                1970-01-01T00:00:00.000Z warn late
                1970-01-01T00:00:00.000Z error broken
                """, logged(StderrLog.Form.TEXT));
    }

    @Test
    void theJournalGetsPriorities() {
        assertEquals("<6>ready or not\n<4>late\n<3>broken\n", logged(StderrLog.Form.JOURNAL));
    }

    @Test
    void aVariableThatWasInheritedIsNotBelieved(@TempDir Path directory) throws IOException {
        String file = JournalStream.identity(Files.createFile(directory.resolve("file")));
        assertFalse(file.isEmpty());
        assertFalse(JournalStream.isStderr(file), "stderr is another stream");
        assertFalse(JournalStream.isStderr(""));
        assertEquals("", JournalStream.identity(directory.resolve("absent")));
    }
}
