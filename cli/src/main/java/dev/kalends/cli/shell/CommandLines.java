package dev.kalends.cli.shell;

import dev.kalends.cli.io.Surroundings;
import java.util.List;

/** Runs one command line of {@code kalends}. */
@FunctionalInterface
public interface CommandLines {
    /** Returns its exit status; everything written is flushed. */
    int run(List<String> words, Surroundings surroundings);
}
