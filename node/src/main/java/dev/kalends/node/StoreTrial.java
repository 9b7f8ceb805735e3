package dev.kalends.node;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobState;
import dev.kalends.job.RunId;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import dev.kalends.server.Clocks;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures the far tier alone: fills the store of a data directory with waiting jobs, as a leader that is asked for
 * nothing else would, and then does to it what a node does. A node can be started on the directory afterwards.
 *
 * <p>Times of the filling are those of {@link Store#apply} only, with a disk that was reached before each returns.
 */
public final class StoreTrial {
    /** Jobs of one line of the progress. */
    private static final long PORTION_JOBS = 1_000_000;

    private static final int CASCADE_ROWS = 20_000;
    private static final int CANCELS_A_COMMIT = 1_000;
    private static final long HORIZON_MS = 120_000;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 86_400_000;

    private final Path directory;
    private final Clocks clocks;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * The jobs that are made.
     *
     * @param fromMs the first instant at which one may be due
     * @param spanMs they are due all over this long a time
     * @param traits what else is true of each
     * @param batchJobs how many a commit
     */
    public record Load(long jobs, long fromMs, long spanMs, Set<Trait> traits, int batchJobs) {
        /** Jobs of a commit as a busy partition gathers them. */
        public static final int BATCH_JOBS = 8_192;

        public Load {
            if (jobs < 1 || spanMs < 1 || batchJobs < 1) {
                throw new IllegalArgumentException("nothing to fill with; jobs=" + jobs + " spanMs=" + spanMs);
            }
        }

        /** The same jobs, with traits. */
        public Load with(Set<Trait> more) {
            return new Load(jobs, fromMs, spanMs, more, batchJobs);
        }

        boolean are(Trait trait) {
            return traits.contains(trait);
        }
    }

    /** What jobs can be beside one-offs that wait. */
    public enum Trait {
        /** Each has a name and a key. */
        NAMED,
        /** Each repeats, for the first time when it is due, then after as long as all of them take. */
        RECURRING,
        /** All are cancelled in the end. */
        CANCELLED
    }

    /** One thing that was measured. */
    public record Figure(String name, double value, String unit) {}

    /**
     * A trial on a directory, which is new or was filled by another one.
     *
     * @param progress told how far it is, in lines
     */
    public StoreTrial(Path directory, Clocks clocks, Consumer<String> progress) {
        this.directory = directory;
        this.clocks = clocks;
        this.progress = progress;
    }

    /** A trial by the machine's own clocks. */
    public static StoreTrial of(Path directory, Consumer<String> progress) {
        return new StoreTrial(directory, Clocks.system(), progress);
    }

    /** A load that begins at midnight in UTC of the day after tomorrow, or at noon if it is shorter than a day. */
    public Load load(long jobs, long spanMs, int batchJobs) {
        long midnightMs = (Math.floorDiv(clocks.wall().nowMs(), DAY_MS) + 2) * DAY_MS;
        return new Load(jobs, spanMs < DAY_MS ? midnightMs + DAY_MS / 2 : midnightMs, spanMs, Set.of(), batchJobs);
    }

    /** Fills and measures; the figures in the order in which they were measured. */
    public List<Figure> run(Load load) throws IOException {
        List<JobId> sample;
        try (DataDirectory opened = DataDirectory.open(directory, 1);
                Store store = opened.openStore(0, Durability.FULL)) {
            sample = fill(store, load);
        }
        add("disk a job", (double) bytes() / load.jobs(), "bytes");
        try (DataDirectory opened = DataDirectory.open(directory, 1)) {
            long startedNs = now();
            try (Store store = opened.openStore(0, Durability.FULL)) {
                add("open", millisSince(startedNs), "ms");
                horizon(store, clocks.wall().nowMs(), "");
                look(store.reader(), sample);
                if (!load.are(Trait.RECURRING)) {
                    count(store.reader(), load); // the store counts one-offs only
                }
                cancel(store, load, sample);
                horizon(store, load.fromMs() - HOUR_MS, " on their day");
            }
        }
        return figures;
    }

    private List<JobId> fill(Store store, Load load) {
        TrialJobs jobs = new TrialJobs(store, load, clocks.wall().nowMs());
        List<Double> rates = new ArrayList<>();
        long all = 0;
        long allNs = 0;
        long portion = 0;
        long portionNs = 0;
        while (all < load.jobs()) {
            int size = (int) Math.min(Math.min(load.batchJobs(), load.jobs() - all), PORTION_JOBS - portion);
            Batch batch = jobs.next(size);
            long startedNs = now();
            store.apply(batch, store.position() + 1);
            portionNs += now() - startedNs;
            portion += size;
            all += size;
            if (portion == PORTION_JOBS || all == load.jobs()) {
                rates.add(portion * 1e9 / portionNs);
                progress.accept(all + " jobs, " + Math.round(rates.getLast()) + " a second");
                allNs += portionNs;
                portion = 0;
                portionNs = 0;
            }
        }
        add("insert", load.jobs() * 1e9 / allNs, "jobs/s");
        add("insert, first portion", rates.getFirst(), "jobs/s");
        add("insert, last portion", rates.getLast(), "jobs/s");
        add(
                "insert, slowest portion",
                rates.stream().mapToDouble(rate -> rate).min().orElse(0),
                "jobs/s");
        return jobs.sample();
    }

    /** Does what a new leader does before it fires: copies the near slots into the agenda, and loads what is next. */
    private void horizon(Store store, long nowMs, String when) {
        long startedNs = now();
        while (store.cascade(nowMs, CASCADE_ROWS)) {
            // as a leader does, a bounded amount a commit
        }
        add("cascade" + when, millisSince(startedNs), "ms");
        long[] loaded = {0};
        startedNs = now();
        store.due(nowMs, nowMs + HORIZON_MS, new Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                loaded[0]++;
            }

            @Override
            public void run(long dueMs, RunId run) {
                loaded[0]++;
            }
        });
        add("load" + when, millisSince(startedNs), "ms");
    }

    private void look(StoreReader reader, List<JobId> sample) {
        long[] tookNs = new long[sample.size()];
        for (int i = 0; i < tookNs.length; i++) {
            long startedNs = now();
            boolean found = reader.job(sample.get(i)).isPresent();
            tookNs[i] = now() - startedNs;
            if (!found) {
                throw new IllegalStateException("a job is not there; job=" + sample.get(i));
            }
        }
        Arrays.sort(tookNs);
        add("look up by id, p50", tookNs[tookNs.length / 2] / 1e3, "us");
        add("look up by id, p99", tookNs[tookNs.length * 99 / 100] / 1e3, "us");
    }

    private void count(StoreReader reader, Load load) {
        long nowMs = clocks.wall().nowMs();
        long startedNs = now();
        StoreReader.Waiting day =
                reader.waiting(Buckets.of(load.fromMs(), load.fromMs() + DAY_MS, MINUTE_MS), Optional.empty());
        add("forecast of their first day by minutes", millisSince(startedNs), "ms");
        add("of which estimated", (double) day.estimated(), "jobs");
        startedNs = now();
        long counted = Arrays.stream(reader.waiting(
                                Buckets.of(nowMs, load.fromMs() + load.spanMs() + HOUR_MS, HOUR_MS), Optional.empty())
                        .counts())
                .sum();
        add("forecast of all by hours", millisSince(startedNs), "ms");
        if (counted < load.jobs()) {
            progress.accept("of the jobs not all are counted as waiting: " + counted);
        }
    }

    private void cancel(Store store, Load load, List<JobId> sample) {
        Cancelling cancelling = new Cancelling(store);
        if (load.are(Trait.CANCELLED)) {
            StoreReader reader = store.reader();
            Optional<JobId> after = Optional.empty();
            do {
                StoreReader.JobPage page = reader.jobs(after, _ -> true, CANCELS_A_COMMIT, CANCELS_A_COMMIT);
                cancelling.portion(
                        page.rows().stream().map(row -> row.spec().id()).toList());
                after = page.next();
            } while (after.isPresent());
        } else {
            for (int from = 0; from < sample.size(); from += CANCELS_A_COMMIT) {
                cancelling.portion(sample.subList(from, Math.min(sample.size(), from + CANCELS_A_COMMIT)));
            }
        }
        add("cancel by id", cancelling.jobs * 1e9 / cancelling.tookNs, "jobs/s");
    }

    /** Cancels jobs, a portion a commit, and keeps count of them and of the time. */
    private final class Cancelling {
        private final Store store;
        private long jobs;
        private long tookNs;

        Cancelling(Store store) {
            this.store = store;
        }

        void portion(List<JobId> portion) {
            long startedNs = now();
            long nowMs = clocks.wall().nowMs();
            List<Change> changes = new ArrayList<>();
            for (JobId id : portion) {
                Optional<JobState> state = store.state(id);
                if (store.spec(id).isPresent()
                        && state.map(JobState::phase).filter(JobPhase::isOver).isEmpty()) {
                    changes.add(
                            new Change.PutState(state.orElseGet(() -> JobState.accepted(id, nowMs, Optional.empty()))
                                    .over(JobPhase.CANCELLED, nowMs)));
                }
            }
            jobs += changes.size();
            changes.add(
                    new Change.PutCounts(TrialJobs.cancelled(store.counts(JobName.DEFAULT_TENANT), changes.size())));
            store.apply(new Batch(0, 1, nowMs, changes), store.position() + 1);
            tookNs += now() - startedNs;
        }
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private void add(String name, double value, String unit) {
        figures.add(new Figure(name, value, unit));
        progress.accept(name + " " + Math.round(value) + " " + unit);
    }

    private double millisSince(long startedNs) {
        return (now() - startedNs) / 1e6;
    }

    private long now() {
        return clocks.monotonic().nowNs();
    }
}
