package dev.kalends.cli.shell;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine where words are, and whether a line goes on in the next one. */
final class LineParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT) {
            String missing = switch (ShellWords.of(line).ending()) {
                case COMPLETE -> "";
                case AFTER_BACKSLASH -> "the next line";
                case IN_SINGLE_QUOTES -> "'";
                case IN_DOUBLE_QUOTES -> "\"";
            };
            if (!missing.isEmpty()) {
                throw new EOFError(-1, -1, "the line goes on", missing);
            }
        }
        return new TypedLine(line, Math.min(cursor, line.length()));
    }

    /** Nothing that JLine does with such characters is wanted: {@link ShellWords} alone knows what they mean. */
    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }
}
