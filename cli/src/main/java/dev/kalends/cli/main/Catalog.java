package dev.kalends.cli.main;

import dev.kalends.cli.command.CommandGroup;
import dev.kalends.cli.command.CommandModel;
import java.util.ArrayList;
import java.util.List;

/** All commands with what they declare: it makes every one of them, so nothing that must be quick asks for it. */
public final class Catalog {
    private Catalog() {}

    /** The groups of the help, in its order. */
    public static List<CommandGroup> groups() {
        List<CommandGroup> groups = new ArrayList<>();
        for (CommandTable.Group group : CommandTable.GROUPS) {
            List<CommandModel> commands = new ArrayList<>();
            for (CommandTable.Entry entry : group.entries()) {
                commands.add(CommandModel.of(entry.path(), entry.line(), CommandFactory.make(entry.path())));
            }
            groups.add(new CommandGroup(group.title(), commands));
        }
        return groups;
    }

    /** All commands, in the order of the help. */
    public static List<CommandModel> commands() {
        return groups().stream().flatMap(group -> group.commands().stream()).toList();
    }
}
