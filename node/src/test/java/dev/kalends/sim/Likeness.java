package dev.kalends.sim;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a partition's store holds, as far as it comes from the record, so that two can be compared. */
final class Likeness {
    private static final int ALL = 1_000_000;

    private record Due(long dueMs, Object of) {}

    private final List<Object> parts = new ArrayList<>();
    private final Set<Due> due = new HashSet<>();

    Likeness(Store store, List<String> requests) {
        StoreReader reader = store.reader();
        parts.add(store.head());
        for (JobRow row : reader.jobs(Optional.empty(), _ -> true, ALL, ALL).rows()) {
            JobSpec spec = row.spec();
            parts.add(row);
            for (int generation = 1; generation < spec.generation(); generation++) {
                parts.add(store.spec(spec.id(), generation));
            }
            row.state().ifPresent(state -> state.wakeMs().ifPresent(at -> due.add(new Due(at, spec.id()))));
            parts.addAll(reader.ledger(spec.id(), 0, ALL));
        }
        for (Run run : reader.openRuns(Optional.empty(), _ -> true, ALL)) {
            parts.add(run);
            if (run.state() == RunState.RETRYING) {
                due.add(new Due(run.wakeMs(), run.id()));
            }
        }
        parts.addAll(reader.dead(Optional.empty(), _ -> true, ALL));
        parts.addAll(reader.counts());
        parts.addAll(reader.pauses());
        parts.addAll(reader.backfills());
        requests.forEach(id -> parts.add(store.request(id)));
    }

    /** The first thing that is not the same in another. */
    Optional<String> difference(Likeness other) {
        for (int i = 0; i < parts.size(); i++) {
            if (i >= other.parts.size()) {
                return Optional.of("missing=" + parts.get(i));
            }
            if (!parts.get(i).equals(other.parts.get(i))) {
                return Optional.of("is=" + other.parts.get(i) + " expected=" + parts.get(i));
            }
        }
        return other.parts.size() > parts.size()
                ? Optional.of("too much=" + other.parts.get(parts.size()))
                : Optional.empty();
    }

    /** Something due here that would not be found in the agenda of a store. */
    Optional<String> missingFromAgenda(Store store) {
        for (Due one : due) {
            Set<Object> found = new HashSet<>();
            store.due(one.dueMs(), one.dueMs() + 1, new Store.DueSink() {
                @Override
                public void job(long dueMs, JobId job) {
                    found.add(job);
                }

                @Override
                public void run(long dueMs, RunId run) {
                    found.add(run);
                }
            });
            if (!found.contains(one.of())) {
                return Optional.of(one.toString());
            }
        }
        return Optional.empty();
    }
}
