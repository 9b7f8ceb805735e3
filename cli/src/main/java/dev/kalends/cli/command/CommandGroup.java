package dev.kalends.cli.command;

import java.util.List;

/** Commands that are read together. */
public record CommandGroup(String title, List<CommandModel> commands) {
    public CommandGroup {
        commands = List.copyOf(commands);
    }
}
