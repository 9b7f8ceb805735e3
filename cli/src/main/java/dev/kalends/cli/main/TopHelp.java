package dev.kalends.cli.main;

import dev.kalends.cli.command.GlobalOptions;

/** The help of {@code kalends --help}, from the table alone. */
final class TopHelp {
    private static final int NAME_WIDTH = 16;

    private TopHelp() {}

    static String text() {
        StringBuilder text = new StringBuilder(2048);
        text.append("Usage: kalends [OPTIONS] COMMAND …\n");
        text.append("Runs things later, reliably: a durable job scheduler.\n");
        for (CommandTable.Group group : CommandTable.GROUPS) {
            text.append('\n').append(group.title()).append(":\n");
            for (CommandTable.Entry entry : group.entries()) {
                text.append("  ").append(entry.path());
                text.repeat(' ', Math.max(2, NAME_WIDTH - entry.path().length()));
                text.append(entry.line()).append('\n');
            }
        }
        text.append("\nOptions, before or after the command:\n");
        for (String line : GlobalOptions.help()) {
            text.append(line).append('\n');
        }
        text.append("\nWhat a command takes: kalends COMMAND --help\n");
        return text.toString();
    }
}
