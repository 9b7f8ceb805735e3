package dev.kalends.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPhase;
import dev.kalends.job.RunId;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Store;
import dev.kalends.server.Clocks;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial fills a store as a leader would, so that a node can go on with it. */
final class StoreTrialTest {
    private static final long DAY_MS = 86_400_000;
    private static final int JOBS = 12_000;
    private static final int CANCELLED = 10_000;

    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();

    private List<StoreTrial.Figure> fill(StoreTrial.Load load) throws IOException {
        return new StoreTrial(directory, Clocks.system(), told::add).run(load);
    }

    @Test
    void whatItMadeIsThere() throws IOException {
        StoreTrial.Load load = StoreTrial.of(directory, told::add).load(JOBS, 30 * DAY_MS, 5_000);
        List<StoreTrial.Figure> figures = fill(load.with(Set.of(StoreTrial.Trait.NAMED)));
        assertTrue(figures.stream().allMatch(figure -> figure.value() >= 0), figures.toString());
        assertTrue(told.getFirst().startsWith(JOBS + " jobs, "), told.toString());
        try (DataDirectory opened = DataDirectory.open(directory, 1);
                Store store = opened.openStore(0, Durability.FULL)) {
            assertEquals(JOBS - CANCELLED, waiting(store, load));
            assertEquals(JOBS - CANCELLED, store.counts(JobName.DEFAULT_TENANT).scheduled());
            assertEquals(CANCELLED, store.counts(JobName.DEFAULT_TENANT).cancelled());
            assertEquals(
                    JOBS,
                    store.reader()
                            .jobsNamed(JobName.DEFAULT_TENANT, "job-", "", JOBS + 1)
                            .size());
            int day = (int) (load.fromMs() / DAY_MS);
            assertTrue(store.nextSequence(day) > JOBS / 60, "the slot's counter is kept");
        }
    }

    @Test
    void aSecondTrialGoesOnBehindTheFirst() throws IOException {
        StoreTrial.Load load = StoreTrial.of(directory, told::add).load(100, 60_000, 8_192);
        fill(load);
        fill(load);
        try (DataDirectory opened = DataDirectory.open(directory, 1);
                Store store = opened.openStore(0, Durability.FULL)) {
            assertEquals(201, store.nextSequence((int) (load.fromMs() / DAY_MS)));
            assertEquals(200, store.counts(JobName.DEFAULT_TENANT).cancelled());
        }
    }

    @Test
    void jobsThatRepeatAreInTheAgendaAndAllCanBeCancelled() throws IOException {
        StoreTrial.Load load = StoreTrial.of(directory, told::add).load(JOBS, 30 * DAY_MS, 5_000);
        List<StoreTrial.Figure> figures =
                fill(load.with(Set.of(StoreTrial.Trait.RECURRING, StoreTrial.Trait.CANCELLED)));
        assertTrue(figures.stream().allMatch(figure -> figure.value() >= 0), figures.toString());
        try (DataDirectory opened = DataDirectory.open(directory, 1);
                Store store = opened.openStore(0, Durability.FULL)) {
            assertEquals(JOBS, store.counts(JobName.DEFAULT_TENANT).cancelled());
            assertEquals(0, store.counts(JobName.DEFAULT_TENANT).scheduled());
            JobId first = JobId.of(0, 0, 1);
            assertTrue(store.spec(first).orElseThrow().schedule().repeats());
            assertEquals(JobPhase.CANCELLED, store.state(first).orElseThrow().phase());
            List<JobId> agenda = new ArrayList<>();
            store.due(load.fromMs(), load.fromMs() + load.spanMs(), new Store.DueSink() {
                @Override
                public void job(long dueMs, JobId job) {
                    agenda.add(job);
                }

                @Override
                public void run(long dueMs, RunId run) {
                    throw new AssertionError("nothing runs");
                }
            });
            assertEquals(JOBS, agenda.size(), "each was due once");
        }
    }

    private static long waiting(Store store, StoreTrial.Load load) {
        Buckets buckets = Buckets.of(load.fromMs(), load.fromMs() + load.spanMs(), DAY_MS);
        return Arrays.stream(store.reader().waiting(buckets, Optional.empty()).counts())
                .sum();
    }
}
