package dev.kalends.cli.chaos;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What was asked for.
 *
 * @param rate fires a second
 * @param seconds how long the load of a cell goes on
 * @param warmSeconds how long a new site works before its first cell
 * @param next a program of a higher feature level, made of the same source
 */
record ChaosOptions(
        SitePlan site,
        double rate,
        int seconds,
        int warmSeconds,
        long seed,
        Path directory,
        Path next,
        PrintStream out) {
    /** Enough for the code to have been compiled once; not enough for figures. */
    static final int WARM_SECONDS = 10;

    void say(String text) {
        out.println(text);
        out.flush();
    }
}
