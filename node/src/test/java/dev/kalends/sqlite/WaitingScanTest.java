package dev.kalends.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Change;
import dev.kalends.journal.StoreReader.Waiting;
import dev.kalends.testing.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting one-offs are counted by counters, by their rows or by a part of these, and all say the same. */
final class WaitingScanTest {
    private static final int JOBS = 60_000;
    private static final int HOUR_MS = 3_600_000;
    private static final long ALL = 1_000_000;
    /** So few that rows are not looked at where counters know better. */
    private static final long FEW = 20_000;

    private final Path file;
    private SqliteStore store;
    private final long[] truth = new long[24];

    WaitingScanTest(@TempDir Path directory) {
        file = directory.resolve("partition.db");
        SqliteStore.create(file, Samples.PARTITION);
        store = SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void again() {
        store.close();
        store = SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {SlotScan.EDITED, SlotScan.FIRED, SlotScan.WITH_STATE, SlotCounts.MOVED})
    void theFewThatWereTouchedAreReadBeforeTheirJobs(String sql) {
        try (Session session = Database.connect(file)) {
            List<String> plan = session.on("EXPLAIN QUERY PLAN " + sql).list(row -> row.text(4));
            assertTrue(plan.contains("SEARCH job USING INTEGER PRIMARY KEY (rowid=?)"), plan::toString);
        }
    }

    /** Jobs of one day, most of them in its eighth hour. */
    private void fill(int from, int count) {
        SplittableRandom random = new SplittableRandom(from);
        List<Change> changes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            int hour = random.nextInt(4) > 0 ? 7 : random.nextInt(24);
            long dueMs = Samples.T0 + (long) hour * HOUR_MS + random.nextInt(HOUR_MS);
            changes.add(new Change.PutSpec(StoreSetup.small(Samples.oneOff(i), dueMs, 30), dueMs));
            truth[hour]++;
        }
        StoreSetup.apply(store, changes);
    }

    /** A cancelled job waits no longer, whatever was counted of it. */
    private void cancel(int sequence) {
        JobId id = Samples.oneOff(sequence);
        long dueMs = ((Schedule.Once) store.spec(id).orElseThrow().schedule()).atMs();
        truth[(int) ((dueMs - Samples.T0) / HOUR_MS)]--;
        JobState accepted = JobState.accepted(id, Samples.T0, Optional.empty());
        StoreSetup.apply(store, new Change.PutState(accepted.over(JobPhase.CANCELLED, Samples.T0)));
    }

    private Waiting count(long stepMs, long lookedMax) {
        Buckets buckets = Buckets.of(Samples.T0, Samples.T0 + Samples.DAY_MS, stepMs);
        return scan(buckets, lookedMax);
    }

    private Waiting scan(Buckets buckets, long lookedMax) {
        try (ReaderPool pool = pool()) {
            return new WaitingScan(pool, Samples.PARTITION, buckets, Optional.empty(), lookedMax).count();
        }
    }

    private ReaderPool pool() {
        Database database = new Database(file, Samples.PARTITION, Durability.NORMAL);
        Interned interned = new Interned();
        try (Session session = database.reader()) {
            interned.load(session);
        }
        return new ReaderPool(database, interned);
    }

    @Test
    void hoursAreExactHoweverFewRowsMayBeLookedAt() {
        fill(1, JOBS / 2);
        again();
        fill(1 + JOBS / 2, JOBS / 2);
        for (int i = 1; i < 300; i++) {
            cancel(i * 100);
        }
        Waiting counted = count(HOUR_MS, FEW);
        assertArrayEquals(truth, counted.counts());
        assertEquals(0, counted.estimated());
        assertArrayEquals(truth, bySum(count(60_000, ALL).counts(), 60), "row by row");
    }

    @Test
    void aRemovedJobIsNotCounted() {
        fill(1, 1_000);
        cancel(17);
        StoreSetup.apply(store, new Change.RemoveJob(Samples.oneOff(17)));
        assertArrayEquals(truth, count(HOUR_MS, 10).counts());
        again();
        cancel(18);
        StoreSetup.apply(store, new Change.RemoveJob(Samples.oneOff(18)));
        assertArrayEquals(truth, count(HOUR_MS, 10).counts());
    }

    @Test
    void aJobThatIsWrittenTwiceIsCountedOnce() {
        fill(1, 1_000);
        long[] once = truth.clone();
        fill(1, 1_000);
        assertArrayEquals(once, count(HOUR_MS, 10).counts());
    }

    @Test
    void aBatchThatFailsIsNotCounted() {
        fill(1, 1_000);
        long position = store.position();
        List<Change> bad = new ArrayList<>();
        bad.add(new Change.PutSpec(StoreSetup.small(Samples.oneOff(5_000), Samples.T0, 30), Samples.T0));
        bad.add(new Change.PutSpec(StoreSetup.small(Samples.oneOff(5_001), Samples.T0, 5_000_000), Samples.T0));
        assertThrows(IllegalArgumentException.class, () -> StoreSetup.apply(store, bad));
        assertEquals(position, store.position());
        fill(6_000, 10);
        assertArrayEquals(truth, count(HOUR_MS, 10).counts());
    }

    @Test
    void aPartStandsForAllMinutesAndEachHourKeepsItsCount() {
        fill(1, JOBS);
        for (int i = 1; i < 300; i++) {
            cancel(i * 100);
        }
        Waiting part = count(60_000, FEW);
        assertEquals(Arrays.stream(part.counts()).sum(), part.estimated());
        long[] hours = bySum(part.counts(), 60);
        for (int hour = 0; hour < 24; hour++) {
            // The cancelled ones, 1 of 200, are as many in the part as in all, more or less.
            assertEquals((double) truth[hour], (double) hours[hour], 5 + truth[hour] / 100.0, "hour " + hour);
        }
        long[] exact = count(60_000, ALL).counts();
        for (int minute = 7 * 60; minute < 8 * 60; minute++) {
            long near = Math.abs(exact[minute] - part.counts()[minute]);
            assertTrue(near < exact[minute] / 3, exact[minute] + " told as " + part.counts()[minute]);
        }
    }

    @Test
    void aDayThatWasNotCountedFromItsFirstJobIsLookedAt() {
        fill(1, 1_000);
        store.close();
        try (Session session = Database.connect(file)) {
            session.execute("DELETE FROM hours");
        }
        again();
        fill(1_001, 1_000);
        assertArrayEquals(truth, count(HOUR_MS, ALL).counts());
        Waiting part = count(HOUR_MS, 1_500);
        assertEquals(2_000, Arrays.stream(part.counts()).sum());
        assertEquals(2_000, part.estimated());
    }

    @Test
    void anHourThatIsPartlyOverIsLookedAt() {
        fill(1, 5_000);
        Buckets late = Buckets.of(Samples.T0 + 7L * HOUR_MS + 1_800_000, Samples.T0 + Samples.DAY_MS, HOUR_MS);
        long[] counted = scan(late, ALL).counts();
        assertTrue(counted[0] > truth[7] / 3 && counted[0] < truth[7] * 2 / 3, counted[0] + " of " + truth[7]);
        assertEquals(truth[8], counted[1]);
    }

    private static long[] bySum(long[] fine, int each) {
        long[] sums = new long[fine.length / each];
        for (int i = 0; i < fine.length; i++) {
            sums[i / each] += fine[i];
        }
        return sums;
    }
}
