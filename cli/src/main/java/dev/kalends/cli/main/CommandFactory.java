package dev.kalends.cli.main;

import dev.kalends.cli.command.Command;
import dev.kalends.cli.look.EventsCommand;
import dev.kalends.cli.look.ListCommand;
import dev.kalends.cli.look.LogsCommand;
import dev.kalends.cli.look.RunsCommand;
import dev.kalends.cli.look.ShowCommand;
import dev.kalends.cli.plan.NextCommand;

/** Makes the command of a path. A class is loaded only when its case is reached. */
final class CommandFactory {
    private CommandFactory() {}

    /**
     * The command.
     *
     * @throws IllegalArgumentException if the table knows a path that has no case here; a test makes them all
     */
    static Command make(String path) {
        return switch (path) {
            case "next" -> new NextCommand();
            case "version" -> new VersionCommand();
            default -> throw new IllegalArgumentException("no such command; path=" + path);
        };
    }
}
