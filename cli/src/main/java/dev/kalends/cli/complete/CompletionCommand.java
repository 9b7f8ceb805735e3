package dev.kalends.cli.complete;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code completion}: prints the script that teaches a shell our words. */
public final class CompletionCommand implements Command {
    private final Supplier<List<CommandModel>> commands;

    /** The commands are asked for only when it runs: making them all takes its time. */
    public CompletionCommand(Supplier<List<CommandModel>> commands) {
        this.commands = commands;
    }

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("completion bash|zsh|fish")
                .positionals("SHELL", "1", "bash, zsh or fish: its script goes to stdout")
                .choices("SHELL", "bash", "zsh", "fish")
                .examples(
                        "eval \"$(kalends completion bash)\"",
                        "kalends completion zsh > ~/.zfunc/_kalends",
                        "kalends completion fish > ~/.config/fish/completions/kalends.fish");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        String word = arguments.positionals().getFirst();
        Optional<ShellKind> shell = ShellKind.ofWord(word);
        if (shell.isEmpty()) {
            throw Arguments.usage("completion knows bash, zsh and fish; shell=" + word);
        }
        session.surroundings().out().print(shell.get().script(new CommandTree(commands.get())));
        return DONE;
    }
}
