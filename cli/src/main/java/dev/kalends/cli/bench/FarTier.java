package dev.kalends.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** What measures a store without a node; only the program's main package knows stores. */
@FunctionalInterface
public interface FarTier {
    /**
     * Fills a store and measures it.
     *
     * @param progress told how far it is, in lines
     */
    List<Measured> measure(Order order, Consumer<String> progress) throws IOException;

    /**
     * What to fill it with.
     *
     * @param data a data directory, new or filled before
     * @param spanMs the jobs are due all over this long a time, which begins the day after tomorrow
     * @param traits what else is true of each
     * @param batchJobs how many a commit
     */
    record Order(Path data, long jobs, long spanMs, Set<Trait> traits, int batchJobs) {}

    /** What jobs can be beside one-offs that wait: each is an option. */
    enum Trait {
        NAMED("with name and key"),
        RECURRING("that repeat"),
        CANCELLED("all cancelled in the end");

        private final String words;

        Trait(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** The option that asks for it. */
        String option() {
            return "--" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** One number that was measured. */
    record Measured(String name, double value, String unit) {}
}
