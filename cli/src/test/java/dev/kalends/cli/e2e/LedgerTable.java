package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.journal.StoreReader;
import dev.kalends.schedule.InstantText;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ledgers of some jobs, read from the files of a node that has ended. */
record LedgerTable(Map<String, List<LedgerLine>> linesByJob) {
    private static final int LINES_MAX = 10_000;

    /** A stretch of nominal instants. */
    record Stretch(long fromMs, long toMs, long count) {
        static Stretch of(LedgerLine line) {
            return new Stretch(line.fromMs(), line.toMs(), line.count());
        }
    }

    static LedgerTable read(Path data, List<String> names) {
        Map<String, List<LedgerLine>> linesByJob = new TreeMap<>();
        try (SqliteStore store = SqliteStore.open(data.resolve("partition-0000.db"), 0, Durability.NORMAL)) {
            StoreReader reader = store.reader();
            for (String name : names) {
                JobId job = reader.named("default", name).orElseThrow();
                linesByJob.put(name, reader.ledger(job, 0, LINES_MAX));
            }
        }
        return new LedgerTable(linesByJob);
    }

    private List<LedgerLine> lines(String job) {
        return linesByJob.getOrDefault(job, List.of());
    }

    /** The verdicts of a job, in order. */
    List<String> words(String job) {
        return lines(job).stream().map(line -> line.verdict().word()).toList();
    }

    /** The only stretch that a job missed. */
    Stretch missed(String job) {
        List<Stretch> missed = lines(job).stream()
                .filter(line -> line.verdict().word().equals("missed"))
                .map(Stretch::of)
                .toList();
        assertEquals(1, missed.size(), () -> job + " " + lines(job));
        return missed.getFirst();
    }

    List<String> missedTexts(String job) {
        return lines(job).stream()
                .filter(line -> line.verdict().word().equals("missed"))
                .map(line -> InstantText.format(line.fromMs()) + " " + InstantText.format(line.toMs()) + " "
                        + line.count() + " " + line.reason().orElse(""))
                .toList();
    }

    /** Every nominal instant from the first to the last has exactly one verdict. */
    void checkWhole(String job, long periodMs) {
        long nextMs = lines(job).getFirst().fromMs();
        for (LedgerLine line : lines(job)) {
            assertEquals(nextMs, line.fromMs(), () -> job + " " + lines(job));
            assertEquals((line.toMs() - line.fromMs()) / periodMs + 1, line.count(), () -> job + " " + lines(job));
            nextMs = line.toMs() + periodMs;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        linesByJob.forEach((job, lines) -> lines.forEach(line -> text.append(String.format(
                java.util.Locale.ROOT,
                "%-12s %s .. %s %6d %-9s %s%n",
                job,
                InstantText.format(line.fromMs()),
                InstantText.format(line.toMs()),
                line.count(),
                line.verdict().word(),
                line.reason().orElse("")))));
        return text.toString();
    }
}
