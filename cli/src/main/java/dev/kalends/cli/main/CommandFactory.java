package dev.kalends.cli.main;

import dev.kalends.cli.bench.BenchCommand;
import dev.kalends.cli.act.CancelCommand;
import dev.kalends.cli.act.RerunCommand;
import dev.kalends.cli.act.TriggerCommand;
import dev.kalends.cli.act.WaitCommand;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.demo.DemoCommand;
import dev.kalends.cli.plan.NextCommand;
import dev.kalends.cli.submit.SubmitCommand;

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
            case "submit" -> new SubmitCommand();
            case "cancel" -> new CancelCommand();
            case "trigger" -> new TriggerCommand();
            case "wait" -> new WaitCommand();
            case "rerun" -> new RerunCommand();
            case "next" -> new NextCommand();
            case "demo" -> new DemoCommand();
            case "bench" -> new BenchCommand();
            case "version" -> new VersionCommand();
            default -> throw new IllegalArgumentException("no such command; path=" + path);
        };
    }
}
