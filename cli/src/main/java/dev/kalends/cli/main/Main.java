package dev.kalends.cli.main;

import dev.kalends.cli.io.Surroundings;
import java.util.List;

/** The process {@code kalends}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Surroundings surroundings = ProcessSurroundings.make();
        System.exit(new CommandRunner(surroundings).run(List.of(arguments)));
    }
}
