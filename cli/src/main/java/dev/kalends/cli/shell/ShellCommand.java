package dev.kalends.cli.shell;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.complete.CommandTree;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.io.TerminalFacts;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** {@code shell}: our commands without the word {@code kalends}, for a person at a terminal or from a pipe. */
public final class ShellCommand implements Command {
    private final CommandLines commands;
    private final Supplier<List<CommandModel>> models;

    public ShellCommand(CommandLines commands, Supplier<List<CommandModel>> models) {
        this.commands = commands;
        this.models = models;
    }

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("shell [-e]")
                .toggle("-e,--exit-on-error", "from a pipe: stop at the first command that fails")
                .examples(
                        "kalends shell",
                        "kalends -T billing --node http://n1:7070 shell",
                        "printf 'ls\\nstatus\\n' | kalends shell");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        Interpreter interpreter = new Interpreter(commands, arguments);
        Surroundings surroundings = session.surroundings();
        TerminalFacts facts = surroundings.terminal();
        if (!facts.in() || !facts.out()) {
            PipeShell.OnFailure onFailure =
                    arguments.has("--exit-on-error") ? PipeShell.OnFailure.STOP : PipeShell.OnFailure.GO_ON;
            return new PipeShell(interpreter, surroundings, onFailure)
                    .run(surroundings.streams().in());
        }
        try (Terminal terminal = open()) {
            return new TerminalShell(session, new CommandTree(models.get()), interpreter, terminal).run();
        }
    }

    private static Terminal open() throws IOException {
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .jni(true)
                    .ffm(false)
                    .exec(false)
                    .dumb(false)
                    .nativeSignals(true)
                    .signalHandler(Terminal.SignalHandler.SIG_IGN)
                    .build();
        } catch (IllegalStateException e) {
            throw new ApiException(
                    ErrorCode.FAILED,
                    "the terminal cannot be opened; reason=" + e.getMessage(),
                    "from a pipe it works everywhere: echo ls | kalends shell");
        }
    }
}
