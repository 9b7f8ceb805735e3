package dev.kalends.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.cli.shell.ShellWords.Ending;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines are cut as a shell cuts them, and nothing is put in place of anything. */
final class ShellWordsTest {
    private static List<String> words(String line) {
        return ShellWords.of(line).texts();
    }

    @Test
    void spacesPart() {
        assertEquals(List.of("ls", "-q", "billing/*"), words("  ls -q\tbilling/* "));
        assertEquals(List.of(), words("   "));
    }

    @Test
    void quotesHoldTogether() {
        assertEquals(List.of("submit", "--cron", "0 3 * * *"), words("submit --cron '0 3 * * *'"));
        assertEquals(List.of("a b\"c\\d", ""), words("\"a b\\\"c\\\\d\" ''"));
        assertEquals(List.of("a\\nb"), words("\"a\\nb\""), "a backslash before another letter stays one");
        assertEquals(List.of("ab c"), words("a'b 'c"));
        assertEquals(List.of("it's"), words("it\\'s"));
    }

    @Test
    void nothingIsExpanded() {
        assertEquals(List.of("!!", "$HOME", "~", "`id`", "*"), words("!! $HOME ~ `id` *"));
    }

    @Test
    void commentsAreDropped() {
        assertEquals(List.of("ls", "a#b", "x"), words("ls a#b # all\nx"));
    }

    @Test
    void linesGoOn() {
        assertEquals(Ending.AFTER_BACKSLASH, ShellWords.of("submit \\").ending());
        assertEquals(Ending.IN_SINGLE_QUOTES, ShellWords.of("submit 'a").ending());
        assertEquals(Ending.IN_DOUBLE_QUOTES, ShellWords.of("submit \"a\\\"").ending());
        assertEquals(Ending.COMPLETE, ShellWords.of("submit \\\\").ending());
        assertEquals(List.of("submit", "--noop"), words("submit \\\n  --noop"));
        assertEquals(List.of("a\nb"), words("'a\nb'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "two words", "it's", "\"", "a\\b", "#", "", "a\nb", "tab\t"})
    void whatIsQuotedMeansItself(String text) {
        assertEquals(List.of(text), words(ShellWords.quoted(text)));
    }

    @Test
    void theReaderAsksForMore() {
        LineParser parser = new LineParser();
        assertThrows(EOFError.class, () -> parser.parse("submit \\", 8, ParseContext.ACCEPT_LINE));
        assertThrows(EOFError.class, () -> parser.parse("submit 'a", 9, ParseContext.ACCEPT_LINE));
        assertEquals(
                List.of("ls", ""),
                parser.parse("ls ", 3, ParseContext.ACCEPT_LINE).words());
    }

    @Test
    void theWordAtTheCursor() {
        TypedLine line = new TypedLine("show bil --utc", 8);
        assertEquals("bil", line.word());
        assertEquals(List.of("show"), line.before());
        assertEquals(3, line.rawWordLength());
        assertEquals("billing/close", line.escape("billing/close", true));
        TypedLine quoted = new TypedLine("show 'bil", 9);
        assertEquals("bil", quoted.word());
        assertEquals(4, quoted.rawWordLength());
        assertEquals("'billing/close'", quoted.escape("billing/close", true));
        assertEquals("", new TypedLine("show ", 5).word());
    }
}
