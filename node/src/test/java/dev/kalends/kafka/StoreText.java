package dev.kalends.kafka;

import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that a store holds, as lines to compare; its history apart, because the journal keeps less of it. */
final class StoreText {
    private static final int MANY = 1_000_000;

    private StoreText() {}

    static List<String> of(Store store) {
        StoreReader reader = store.reader();
        List<String> lines = new ArrayList<>();
        lines.add("position " + store.position());
        lines.add(store.head().toString());
        for (JobRow row : reader.jobs(Optional.empty(), _ -> true, MANY, MANY).rows()) {
            JobId id = row.spec().id();
            lines.add(row.toString());
            for (int generation = 1; generation <= row.spec().generation(); generation++) {
                lines.add(reader.spec(id, generation).toString());
            }
            row.spec()
                    .name()
                    .name()
                    .ifPresent(name ->
                            lines.add(name + " is " + reader.named(row.spec().tenant(), name)));
            for (LedgerLine line : reader.ledger(id, 0, MANY)) {
                lines.add(line.toString());
            }
        }
        reader.openRuns(Optional.empty(), _ -> true, MANY).forEach(run -> lines.add(run.toString()));
        reader.dead(Optional.empty(), _ -> true, MANY).forEach(letter -> lines.add(letter.toString()));
        reader.tenants().forEach(tenant -> lines.add(tenant.toString()));
        reader.counts().forEach(counts -> lines.add(counts.toString()));
        reader.pauses().forEach(pause -> lines.add(pause.toString()));
        reader.backfills().forEach(backfill -> lines.add(backfill.toString()));
        store.expiredRequests(Long.MAX_VALUE, MANY).stream()
                .sorted()
                .forEach(id -> lines.add(store.request(id).toString()));
        for (int day = 0; day < Churn.DAYS; day++) {
            lines.add("day " + day + " " + store.nextSequence(day));
        }
        return lines;
    }

    /** The newest lines of history. */
    static List<Run> history(Store store, int limit) {
        return store.reader().history(Long.MAX_VALUE, _ -> true, limit, MANY).runs();
    }
}
