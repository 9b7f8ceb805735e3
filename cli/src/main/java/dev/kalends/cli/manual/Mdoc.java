package dev.kalends.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as mdoc reads it: what is no letter to it is escaped, sentences begin lines, and no line of source is longer
 * than 80 bytes.
 */
final class Mdoc {
    private static final int SOURCE_WIDTH = 78;
    /** Columns of a literal display: 80 less the indentation of a section and of the display. */
    private static final int LITERAL_WIDTH = 67;

    private static final Pattern FLAG = Pattern.compile("(?<![\\w\\\\-])--?[a-zA-Z][\\w-]*");
    /** Of a synopsis: a flag, a placeholder, a word that is typed as it is. */
    private static final Pattern PARTS =
            Pattern.compile("(?<flag>--?[a-zA-Z][\\w-]*)|(?<name>[A-Z][A-Z.]*[a-z]*|k=v|K=V)|(?<word>[a-z][a-z-]*)");

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[a-z\\d)'\"][.!?])\\s+(?=[A-Z])");

    private Mdoc() {}

    /** Running text, with its flags in bold. */
    static List<String> text(String plain) {
        List<String> lines = new ArrayList<>();
        for (String sentence : SENTENCE_END.split(plain, -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : bold(sentence).strip().split("\\s+", -1)) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > SOURCE_WIDTH) {
                    lines.add(start(line.toString()));
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(start(line.toString()));
        }
        return lines;
    }

    /** A synopsis: flags and literal words bold, placeholders in italics. */
    static List<String> synopsis(String line) {
        List<String> lines = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        for (String word : line.split(" ", -1)) {
            String styled = styled(word);
            if (!out.isEmpty() && out.length() + 1 + styled.length() > SOURCE_WIDTH) {
                lines.add(start(out.toString()));
                out.setLength(0);
            }
            out.append(out.isEmpty() ? "" : " ").append(styled);
        }
        lines.add(start(out.toString()));
        return lines;
    }

    /** A command line in a literal display; what is too wide goes on in the next line, as a shell takes it. */
    static List<String> literal(String line) {
        List<String> lines = new ArrayList<>();
        String rest = line;
        while (rest.length() > LITERAL_WIDTH) {
            int at = breakAt(rest);
            if (at < 0) {
                break;
            }
            lines.add(start(escape(rest.substring(0, at)) + " \\e"));
            rest = "    " + rest.substring(at + 1);
        }
        lines.add(start(escape(rest)));
        return lines;
    }

    /** One word or phrase as the argument of a macro. */
    static String argument(String plain) {
        String escaped = escape(plain).replace("\"", "\\(dq");
        return escaped.contains(" ") ? "\"" + escaped + "\"" : escaped;
    }

    /** The characters of a text, none of them with a meaning to mdoc. */
    static String escape(String plain) {
        StringBuilder out = new StringBuilder(plain.length() + 16);
        plain.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\e");
                case '-' -> out.append("\\-");
                case '\'' -> out.append("\\(aq");
                case '`' -> out.append("\\(ga");
                case '~' -> out.append("\\(ti");
                case '^' -> out.append("\\(ha");
                case '…' -> out.append("...");
                default -> {
                    if (c < 128) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(String.format("\\[u%04X]", c));
                    }
                }
            }
        });
        return out.toString();
    }

    private static String bold(String sentence) {
        StringBuilder out = new StringBuilder();
        Matcher flags = FLAG.matcher(sentence);
        int from = 0;
        while (flags.find()) {
            out.append(prose(sentence.substring(from, flags.start())));
            out.append("\\fB").append(escape(flags.group())).append("\\fR");
            from = flags.end();
        }
        return out.append(prose(sentence.substring(from))).toString();
    }

    /** As {@link #escape}, but a hyphen between letters stays one at which a line may be broken. */
    private static String prose(String text) {
        return escape(text).replaceAll("(?<=[a-zA-Z])\\\\-(?=[a-zA-Z])", "-");
    }

    private static String styled(String word) {
        StringBuilder out = new StringBuilder();
        Matcher parts = PARTS.matcher(word);
        int from = 0;
        while (parts.find()) {
            out.append(escape(word.substring(from, parts.start())));
            String font = parts.group("name") == null ? "\\fB" : "\\fI";
            out.append(font).append(escape(parts.group())).append("\\fR");
            from = parts.end();
        }
        return out.append(escape(word.substring(from))).toString();
    }

    private static int breakAt(String line) {
        int best = -1;
        char quote = 0;
        for (int i = 0; i < LITERAL_WIDTH - 2; i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == ' ' && i > 4 && (line.charAt(i + 1) == '-' || best < 0)) {
                best = i;
            }
        }
        return best;
    }

    /** A line of text that no reader takes for a macro. */
    private static String start(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }
}
