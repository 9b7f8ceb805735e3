package dev.kalends.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.complete.Candidate;
import dev.kalends.cli.complete.CommandTree;
import dev.kalends.cli.complete.WordCompletion;
import dev.kalends.cli.main.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell adds to a line that is typed: words, tips and colours. */
final class LineAidsTest {
    private static final CommandTree TREE = new CommandTree(Catalog.commands());

    private final TailTip tips = new TailTip(TREE);
    private final LineHighlighter highlighter = new LineHighlighter(TREE);
    private final LineCompleter completer = new LineCompleter(
            new WordCompletion(TREE, (kind, prefix) -> List.of(new Candidate("billing/close", "scheduled"))));

    private List<String> completed(String line) {
        return completer.find(new TypedLine(line, line.length())).stream()
                .map(Candidate::text)
                .toList();
    }

    private AttributedStyle styleOf(String line, String part) {
        AttributedString coloured = highlighter.coloured(line);
        assertEquals(line, coloured.toString());
        return coloured.styleAt(line.indexOf(part));
    }

    @Test
    void commandsAndOwnWords() {
        assertEquals(
                List.of("export", "edit", "events", "exit").stream().sorted().toList(),
                completed("e").stream().sorted().toList());
        assertEquals(List.of("redrive"), completed("dlq r"));
        assertEquals(List.of("submit"), completed("help subm"));
    }

    @Test
    void namesAndOptions() {
        assertEquals(List.of("billing/close"), completed("trigger --force b"));
        assertEquals(List.of("--wait", "--wait-timeout"), completed("trigger --wa"));
        assertEquals(List.of(), completed("submit --in 1s -- l"));
    }

    @Test
    void files(@TempDir Path directory) throws IOException {
        Files.createDirectory(directory.resolve("jobs"));
        Files.createFile(directory.resolve("jobs.ndjson"));
        Files.createFile(directory.resolve(".hidden"));
        assertEquals(
                List.of(directory + "/jobs.ndjson", directory + "/jobs/"), completed("submit -f " + directory + "/"));
        assertEquals(List.of(directory + "/jobs/"), completed("backup " + directory + "/j"));
        assertEquals(List.of(), completed("backup /nowhere/at/all"));
    }

    @Test
    void tipsSayWhatComesNext() {
        assertEquals("[JOB|RUN [-f] [--attempt N]]", tips.after("logs ", 80));
        assertEquals("[M: skip (default), queue, allow or replace]", tips.after("submit --overlap ", 80));
        assertEquals("[ls, show, redrive, discard]", tips.after("dlq ", 80));
        assertEquals("", tips.after("logs", 80));
        assertEquals("", tips.after("nothing ", 80));
        assertEquals("", tips.after("submit --in 1s -- ls ", 80));
        assertEquals("", tips.after("logs 'a ", 80));
        assertEquals("[M: skip (defaul…]", tips.after("submit --overlap ", 18));
        assertEquals("", tips.after("submit --overlap ", 3));
    }

    @Test
    void coloursRepeatWhatTheWordsSay() {
        AttributedStyle command = styleOf("ls", "ls");
        assertEquals(command, styleOf("dlq ls", "dlq"));
        assertEquals(command, styleOf("dlq ls", "ls"));
        assertTrue(!command.equals(styleOf("nothing here", "nothing")));
        assertTrue(!styleOf("ls --utc", "--utc").equals(styleOf("ls --utx x", "--utx")));
        assertEquals(AttributedStyle.DEFAULT, styleOf("submit --noop -- ls --utc", "ls"));
        assertEquals(AttributedStyle.DEFAULT, styleOf("submi", "submi"), "it is still being typed");
        styleOf("submit 'a b' \\\n  --noop \"open", "--noop");
    }
}
