package dev.kalends.cli.shell;

import dev.kalends.cli.command.Session;
import dev.kalends.cli.complete.CommandTree;
import dev.kalends.cli.complete.NodeNames;
import dev.kalends.cli.complete.WordCompletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp;

/** The shell on a terminal: reads lines with completion, colours, tips and history until Ctrl-D, and runs them. */
final class TerminalShell {
    private static final int HISTORY_LINES_MAX = 5_000;
    private static final String KEYS = """

            In this shell: Tab completes, ↑ and Ctrl-R bring lines back, Ctrl-C ends a command, Ctrl-D leaves.
            A line goes on after a backslash at its end and inside quotes. A line that begins with a space, or that
            names a token or a secret, is not remembered. history and clear do what they say.
            """;

    private final Session session;
    private final Terminal terminal;
    private final Foreground foreground;
    private final LineReader reader;
    private final LineHighlighter highlighter;
    private final Health health;
    private int status;

    TerminalShell(Session session, CommandTree tree, Interpreter interpreter, Terminal terminal) throws IOException {
        this.session = session;
        this.terminal = terminal;
        this.foreground = new Foreground(interpreter, terminal, session.surroundings());
        this.health = new Health(session);
        this.highlighter = new LineHighlighter(tree);
        Path history = session.surroundings().environment().stateDirectory().resolve("history");
        Files.createDirectories(history.toAbsolutePath().getParent());
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .appName("kalends")
                .terminal(terminal)
                .parser(new LineParser())
                .completer(new LineCompleter(new WordCompletion(tree, new NodeNames(session))))
                .history(new PrivateHistory())
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES_MAX)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES_MAX)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P > ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_INCREMENTAL, true)
                .option(LineReader.Option.AUTO_FRESH_LINE, false)
                .option(LineReader.Option.AUTO_LIST, true);
        if (colours()) {
            builder.highlighter(highlighter);
        }
        reader = builder.build();
        if (colours()) {
            reader.setAutosuggestion(LineReader.SuggestionType.TAIL_TIP);
        }
    }

    private boolean colours() {
        return !session.terminal().plain();
    }

    /** Until somebody leaves; returns the status of the last command. */
    int run() throws InterruptedException {
        while (true) {
            String line;
            try {
                line = reader.readLine(prompt());
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return status;
            }
            List<String> words = ShellWords.of(line).texts();
            Optional<OwnWord> own = words.isEmpty() ? Optional.empty() : OwnWord.of(words.getFirst());
            if (own.isPresent() && own.get() == OwnWord.EXIT) {
                return status;
            }
            if (own.isPresent()) {
                run(own.get(), words);
            } else if (!words.isEmpty()) {
                status = foreground.run(words);
            }
        }
    }

    private void run(OwnWord own, List<String> words) throws InterruptedException {
        switch (own) {
            case HELP -> help(words);
            case HISTORY -> {
                for (History.Entry entry : reader.getHistory()) {
                    terminal.writer().println(String.format("%5d  %s", entry.index() + 1, entry.line()));
                }
            }
            case CLEAR -> terminal.puts(InfoCmp.Capability.clear_screen);
            case EXIT -> throw new IllegalStateException("leaving is the loop's business; word=" + words);
        }
        terminal.flush();
    }

    private void help(List<String> words) throws InterruptedException {
        if (words.size() > 1) {
            List<String> asked = new ArrayList<>(words.subList(1, words.size()));
            asked.add("--help");
            status = foreground.run(asked);
            return;
        }
        status = foreground.run(List.of("--help"));
        terminal.writer().print(KEYS);
    }

    private String prompt() {
        Health.State state = health.look();
        AttributedStringBuilder text = new AttributedStringBuilder();
        text.append("kalends ").append(state.node()).append(" ");
        AttributedStyle style = state.fine()
                ? AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE)
                : AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);
        text.styled(colours() ? style : AttributedStyle.DEFAULT, state.word());
        session.settings()
                .target()
                .tenant()
                .ifPresent(tenant -> text.append(" ").append(tenant));
        text.append("> ");
        AttributedString prompt = text.toAttributedString();
        highlighter.promptWidth(prompt.columnLength());
        return prompt.toAnsi(terminal);
    }
}
