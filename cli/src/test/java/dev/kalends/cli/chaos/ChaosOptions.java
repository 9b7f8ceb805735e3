package dev.kalends.cli.chaos;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What was asked for.
 *
 * @param rate fires a second
 * @param seconds how long the load of a cell goes on
 * @param next a program of a higher feature level, made of the same source
 */
record ChaosOptions(SitePlan site, double rate, int seconds, long seed, Path directory, Path next, PrintStream out) {
    void say(String text) {
        out.println(text);
        out.flush();
    }
}
