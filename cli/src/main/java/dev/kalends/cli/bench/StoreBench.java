package dev.kalends.cli.bench;

import dev.kalends.cli.command.Session;
import dev.kalends.cli.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fills a store with waiting jobs as fast as it takes them, without a node, and measures what a node does with it:
 * inserting, the size on disk, opening, loading what is due next, finding, counting and cancelling.
 *
 * @param keep where the data directory stays, below {@code data}, so that a node can be measured on it; empty = it goes
 */
record StoreBench(FarTier farTier, Load load, Optional<Path> keep) {
    /**
     * The jobs.
     *
     * @param spanMs they are due all over this long a time
     */
    record Load(long jobs, long spanMs, Set<FarTier.Trait> traits, int batchJobs) {}

    Report run(Session session) throws IOException {
        Path directory =
                keep.isPresent() ? Files.createDirectories(keep.get()) : Files.createTempDirectory("kalends-bench");
        try {
            FarTier.Order order = new FarTier.Order(
                    directory.resolve(OwnNode.DATA), load.jobs(), load.spanMs(), load.traits(), load.batchJobs());
            List<Figure> figures = farTier.measure(order, session::tell).stream()
                    .map(one -> new Figure(one.name(), one.value(), one.unit()))
                    .toList();
            String traits =
                    load.traits().stream().map(trait -> " " + trait.words()).collect(Collectors.joining(","));
            String what = "store: " + load.jobs() + " waiting jobs" + traits + ", " + load.batchJobs()
                    + " a commit, durable before the next";
            return new Report(what, figures, Optional.empty(), List.of());
        } finally {
            if (keep.isEmpty()) {
                Directories.delete(directory);
            }
        }
    }
}
