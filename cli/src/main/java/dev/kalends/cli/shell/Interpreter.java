package dev.kalends.cli.shell;

import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.GlobalOptions;
import dev.kalends.cli.command.OptionModel;
import dev.kalends.cli.command.SettingSources;
import dev.kalends.cli.io.Environment;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.output.ErrorLines;
import dev.kalends.cli.output.Format;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the words of one line as a command. Options that were given to the shell hold for every line that does not say
 * otherwise; what takes this process or the terminal over belongs outside.
 */
final class Interpreter {
    private static final Set<String> OUTSIDE = Set.of("node", "worker", "demo", "bench", "restore", "shell");
    private static final Set<String> OWN_PROCESS = Set.of("top");

    private final CommandLines commands;
    private final Map<String, String> given = new HashMap<>();
    private final List<OptionModel> switches = new ArrayList<>();

    /**
     * An interpreter.
     *
     * @param arguments those of the shell itself
     */
    Interpreter(CommandLines commands, Arguments arguments) {
        this.commands = commands;
        for (OptionModel option : GlobalOptions.models()) {
            String name = option.longName();
            String setting = name.substring(2);
            if (option.values() == 1) {
                arguments.text(name).ifPresent(value -> given.put(SettingSources.variable(setting), value));
            } else if (arguments.has(name) && GlobalOptions.SETTING_NAMES.contains(setting)) {
                given.put(SettingSources.variable(setting), "true");
            } else if (arguments.has(name)) {
                switches.add(option);
            }
        }
    }

    /** Runs a line's words. */
    int run(List<String> line, Surroundings surroundings) {
        List<String> words = new ArrayList<>(line);
        if (!words.isEmpty() && words.getFirst().equals("kalends")) {
            words.removeFirst();
        }
        if (words.isEmpty()) {
            return 0;
        }
        String command = command(words);
        if (OUTSIDE.contains(command)) {
            String hint = "in another terminal: kalends " + command;
            ErrorBody body = new ErrorBody(new ErrorBody.Detail(
                    ErrorCode.USAGE.word(), "the shell does not start this; command=" + command, hint));
            ErrorLines.print(surroundings.err(), body, Format.AUTO);
            surroundings.err().flush();
            return ErrorCode.USAGE.exitCode();
        }
        for (OptionModel option : switches) {
            if (option.names().stream().noneMatch(words::contains)) {
                words.addFirst(option.longName());
            }
        }
        Surroundings own = surroundings(surroundings);
        if (OWN_PROCESS.contains(command)) {
            return OwnProcess.run(words, own);
        }
        return commands.run(words, own);
    }

    /** The surroundings in which the shell's own options hold. */
    Surroundings surroundings(Surroundings surroundings) {
        Map<String, String> variables = new HashMap<>(surroundings.environment().valueByName());
        variables.putAll(given);
        return new Surroundings(
                surroundings.streams(), surroundings.clocks(), new Environment(variables), surroundings.terminal());
    }

    private static String command(List<String> words) {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += GlobalOptions.words(words.get(at));
        }
        return at < words.size() ? words.get(at) : "";
    }
}
