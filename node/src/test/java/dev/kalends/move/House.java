package dev.kalends.move;

import dev.kalends.job.Backfill;
import dev.kalends.job.Home;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.journal.SubmitKey;
import dev.kalends.testing.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store of several partitions with jobs in every condition, and what of it must be the same after a move. */
final class House {
    static final int JOBS = 60;
    static final long NOW = Samples.T0;
    private static final int MANY = 100_000;

    private House() {}

    /** Fills empty partitions. */
    static void fill(List<? extends Store> stores) {
        Home home = new Home(stores.size());
        PauseOrder order =
                new PauseOrder(Optional.of("t1"), NOW - 5, Optional.empty(), Optional.of("why"), Optional.empty());
        List<List<Change.AppendHistory>> endsByPartition = new ArrayList<>();
        stores.forEach(_ -> endsByPartition.add(new ArrayList<>()));
        for (int i = 0; i < JOBS; i++) {
            JobName name = name(i);
            int partition = home.of(name, "request", i);
            Store store = stores.get(partition);
            boolean once = i % 3 == 0;
            JobId id = JobId.of(partition, once ? Samples.DAY : 0, store.nextSequence(once ? Samples.DAY : 0));
            List<Change> changes = new ArrayList<>();
            changes.add(new Change.PutSlot(id.day(), id.sequence() + 1));
            changes.addAll(once ? once(id, name, i) : repeating(id, name, i, order));
            changes.stream()
                    .filter(Change.AppendHistory.class::isInstance)
                    .map(change -> (Change.AppendHistory) change)
                    .forEach(endsByPartition.get(partition)::add);
            changes.removeIf(Change.AppendHistory.class::isInstance);
            apply(partition, store, changes);
        }
        for (int partition = 0; partition < stores.size(); partition++) {
            Store store = stores.get(partition);
            List<Change> changes = new ArrayList<>();
            endsByPartition.get(partition).stream()
                    .sorted(Comparator.comparingLong(end -> end.run().times().finishedMs()))
                    .forEach(changes::add);
            changes.add(new Change.PutTenant(new Tenant("t1", Optional.of(5), Optional.of(9))));
            changes.add(new Change.PutPause(order));
            changes.add(new Change.PutHead(new Head(1_000 + store.position(), 3, 1, 2)));
            changes.add(new Change.PutRequest(new RequestAnswer("r", NOW + 1, 1, List.of())));
            Count.of(store.reader()).forEach(counts -> changes.add(new Change.PutCounts(counts)));
            apply(partition, store, changes);
        }
    }

    private static void apply(int partition, Store store, List<Change> changes) {
        store.apply(new Batch(partition, 3, NOW, changes), store.position() + 1);
    }

    private static JobName name(int number) {
        String tenant = number % 4 == 1 ? "t1" : "default";
        return switch (number % 5) {
            case 0 -> new JobName(tenant, Optional.empty(), Optional.empty());
            case 1 -> new JobName(tenant, Optional.empty(), Optional.of("key-" + number));
            default -> new JobName(tenant, Optional.of("job-" + number), Optional.of("key-" + number));
        };
    }

    private static List<Change> once(JobId id, JobName name, int number) {
        long atMs = NOW + (number - 30) * 1_000L;
        JobSpec spec = Samples.spec(id, name, new Schedule.Once(atMs));
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.PutSpec(spec, atMs));
        if (number % 2 == 0 && atMs < NOW) {
            Run run = Samples.succeeded(id, atMs, atMs + 500);
            changes.add(new Change.AppendHistory(run));
            changes.add(new Change.PutState(JobState.accepted(id, NOW, Optional.empty())
                    .decided(atMs, 1, Optional.empty())
                    .withLastRun(run.id())
                    .over(JobPhase.FINISHED, atMs + 500)));
        }
        key(spec).ifPresent(changes::add);
        return changes;
    }

    private static List<Change> repeating(JobId id, JobName name, int number, PauseOrder order) {
        JobSpec spec = Samples.spec(id, name, new Schedule.Every(60_000 + number, NOW));
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.PutSpec(spec, -1));
        if (number % 2 == 0) {
            changes.add(new Change.PutSpec(Samples.edited(spec, 2), -1));
        }
        for (int i = 0; i < number % 4; i++) {
            long atMs = NOW - 1_000_000 + i * 10_000L + number;
            changes.add(new Change.AppendHistory(Samples.succeeded(id, atMs, atMs + 200)));
            changes.add(new Change.PutLedger(
                    new LedgerLine(id, atMs, atMs + 5, 2, RunState.SUCCEEDED, Optional.of("r" + i))));
        }
        Run dead = Samples.dead(id, NOW - 2_000, NOW - 1_000 + number);
        if (number % 7 == 1) {
            changes.add(new Change.PutDead(Samples.letter(dead)));
            changes.add(new Change.AppendHistory(dead));
            changes.add(new Change.PutRun(Samples.leased(id, NOW - 500, 900 + number)));
            changes.add(new Change.PutBackfill(new Backfill(id, 1, 1, NOW - 9_000, NOW - 5_000, 3, 4, 5)));
        } else if (number % 7 == 2) {
            changes.add(new Change.PutRun(Samples.retrying(id, NOW - 400, NOW + 4_000)));
        }
        JobState state = Samples.next(id, NOW + 100 + number).withLastRun(dead.id());
        Pause pause =
                number % 4 == 1 ? order.pause() : new Pause(Pause.By.JOB, NOW, Optional.empty(), Optional.empty());
        changes.add(new Change.PutState(number % 8 == 1 ? state.pausedBy(pause, NOW) : state));
        key(spec).ifPresent(changes::add);
        return changes;
    }

    private static Optional<Change> key(JobSpec spec) {
        return spec.name()
                .key()
                .map(key -> new Change.PutSubmitKey(new SubmitKey(
                        new SubmitKey.Id(spec.tenant(), spec.name().name(), key), spec.id(), key.hashCode(), 0)));
    }

    /**
     * All that a job is, without its id, by what stays: its name, else its key, else its schedule. Whatever has the
     * job's id in it must have the right one.
     */
    static Map<String, String> jobs(List<? extends Store> stores) {
        TreeMap<String, String> textByJob = new TreeMap<>();
        for (Store store : stores) {
            StoreReader reader = store.reader();
            for (JobRow row :
                    reader.jobs(Optional.empty(), _ -> true, MANY, MANY).rows()) {
                JobId id = row.spec().id();
                JobName name = row.spec().name();
                List<String> lines = new ArrayList<>();
                for (int generation = 1; generation <= row.spec().generation(); generation++) {
                    lines.add(reader.spec(id, generation).orElseThrow().toString());
                }
                lines.add(row.state().toString());
                reader.openRuns(id).forEach(run -> lines.add(run.toString()));
                reader.history(id, Long.MAX_VALUE, MANY).forEach(run -> lines.add(run.toString()));
                reader.ledger(id, 0, MANY).forEach(line -> lines.add(line.toString()));
                reader.dead(Optional.empty(), letter -> letter.run().id().job().equals(id), MANY)
                        .forEach(letter -> lines.add(letter.toString()));
                reader.backfills().stream()
                        .filter(backfill -> backfill.job().equals(id))
                        .forEach(backfill -> lines.add(backfill.toString()));
                name.key()
                        .flatMap(key -> store.submitKey(new SubmitKey.Id(name.tenant(), name.name(), key)))
                        .ifPresent(key -> lines.add(key.toString()));
                name.name().ifPresent(text -> lines.add("named " + store.named(name.tenant(), text)));
                String label = name.name()
                        .or(name::key)
                        .orElseGet(() -> row.spec().schedule().toString());
                String text = String.join("\n", lines)
                        .replace("JobId[value=" + id.value() + "]", "ID")
                        .replace(id.toString(), "ID");
                textByJob.put(name.tenant() + " " + label, text);
            }
        }
        return textByJob;
    }
}
