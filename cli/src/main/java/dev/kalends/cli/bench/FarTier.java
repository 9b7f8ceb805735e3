package dev.kalends.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
     * @param named whether each has a name and a key
     * @param batchJobs how many a commit
     */
    record Order(Path data, long jobs, long spanMs, boolean named, int batchJobs) {}

    /** One number that was measured. */
    record Measured(String name, double value, String unit) {}
}
