package dev.kalends.cli.shell;

import dev.kalends.cli.complete.CommandTree;
import java.util.Optional;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Colours a line while it is typed: commands that exist, options that the command has, what stands in quotes. A colour
 * only repeats what the words say. It also lays out the tip behind the cursor, as it is asked before each drawing.
 */
final class LineHighlighter implements Highlighter {
    private static final AttributedStyle COMMAND = AttributedStyle.BOLD.foreground(AttributedStyle.BLUE);
    private static final AttributedStyle OPTION = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle QUOTED = AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle UNKNOWN = AttributedStyle.DEFAULT.underline();

    private final CommandTree tree;
    private final TailTip tips;
    private int promptWidth;

    LineHighlighter(CommandTree tree) {
        this.tree = tree;
        this.tips = new TailTip(tree);
    }

    /** How many columns stand before the line. */
    void promptWidth(int columns) {
        promptWidth = columns;
    }

    @Override
    public AttributedString highlight(LineReader reader, String line) {
        int width = reader.getTerminal().getSize().getColumns() - promptWidth - line.length() - 2;
        reader.setTailTip(tips.after(line, width));
        return coloured(line);
    }

    /** The line with colours. */
    AttributedString coloured(String line) {
        AttributedStringBuilder out = new AttributedStringBuilder();
        int from = 0;
        String path = "";
        boolean known = false;
        boolean foreign = false;
        for (ShellWords.Word word : ShellWords.of(line).words()) {
            out.append(line.substring(from, word.start()));
            String raw = line.substring(word.start(), word.end());
            AttributedStyle style = AttributedStyle.DEFAULT;
            foreign |= word.text().equals("--");
            if (foreign || raw.isEmpty()) {
                style = AttributedStyle.DEFAULT;
            } else if (raw.charAt(0) == '\'' || raw.charAt(0) == '"') {
                style = QUOTED;
            } else if (raw.startsWith("-")) {
                style = isOption(path, known, raw) ? OPTION : UNKNOWN;
            } else if (!known) {
                path = path.isEmpty() ? word.text() : path + " " + word.text();
                known = isCommand(path);
                boolean begun = known || !tree.secondWords(path).isEmpty();
                // While a word is typed it is not wrong yet.
                style = begun ? COMMAND : word.end() == line.length() ? AttributedStyle.DEFAULT : UNKNOWN;
            }
            out.styled(style, raw);
            from = word.end();
        }
        return out.append(line.substring(from)).toAttributedString();
    }

    private boolean isCommand(String path) {
        return tree.find(path).isPresent() || OwnWord.of(path).isPresent();
    }

    private boolean isOption(String path, boolean known, String raw) {
        String name = raw.contains("=") ? raw.substring(0, raw.indexOf('=')) : raw;
        return CommandTree.options(known ? tree.find(path) : Optional.empty()).stream()
                .anyMatch(option -> option.names().stream()
                        .anyMatch(own -> own.startsWith(name) || (!own.startsWith("--") && name.startsWith(own))));
    }
}
