package dev.kalends.cli.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;

/** A line as JLine asks about it: its words, and the one at the cursor, up to the cursor. */
final class TypedLine implements CompletingParsedLine {
    private final String line;
    private final int cursor;
    private final List<String> words;
    private final String word;
    private final int wordStart;
    private final char quote;

    TypedLine(String line, int cursor) {
        this.line = line;
        this.cursor = cursor;
        String typed = line.substring(0, cursor);
        ShellWords cut = ShellWords.of(typed);
        List<String> before = new ArrayList<>(cut.texts());
        boolean inWord = !cut.words().isEmpty() && cut.words().getLast().end() == typed.length();
        word = inWord ? before.removeLast() : "";
        wordStart = inWord ? cut.words().getLast().start() : cursor;
        char first = wordStart < cursor ? line.charAt(wordStart) : ' ';
        quote = first == '\'' || first == '"' ? first : ' ';
        before.add(word);
        words = List.copyOf(before);
    }

    /** The words before that at the cursor. */
    List<String> before() {
        return words.subList(0, words.size() - 1);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public int wordCursor() {
        return word.length();
    }

    @Override
    public int wordIndex() {
        return words.size() - 1;
    }

    @Override
    public List<String> words() {
        return words;
    }

    @Override
    public String line() {
        return line;
    }

    @Override
    public int cursor() {
        return cursor;
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        String text = candidate.toString();
        if (quote == ' ') {
            return ShellWords.quoted(text);
        }
        return quote + text + (complete ? String.valueOf(quote) : "");
    }

    @Override
    public int rawWordCursor() {
        return cursor - wordStart;
    }

    @Override
    public int rawWordLength() {
        return cursor - wordStart;
    }
}
