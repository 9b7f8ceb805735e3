package dev.kalends.node;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.Pause;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.StoreException;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import dev.kalends.time.WallClock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a data directory of a backup, while no node runs on it.
 *
 * <p>What was done after the backup is not in it. So after a restore:
 *
 * <ul>
 *   <li>One-offs that came due before the restore are <em>held</em> (paused): they may have run after the backup. Each
 *       waits for a person, who resumes or cancels it.
 *   <li>Recurring jobs go on by their catch-up policy, as after any time without a node: with {@code last} the newest
 *       fire of that time runs, under the run id that it had, so an idempotent job does it once.
 *   <li>Runs that were open in the backup are tried again when their leases are over.
 *   <li>Jobs accepted after the backup are gone. Their ids, and the tokens given out since, are never used again: the
 *       partition begins a new <em>incarnation</em>, which moves both past anything ever issued. A worker that still
 *       holds a lease of before is refused.
 * </ul>
 */
public final class Restore {
    private static final int HELD_A_BATCH = 1_000;
    private static final String HELD = "restored from a backup: it may have run since";
    private static final long DAY_MS = 86_400_000L;

    private final WallClock clock;
    private final Due due;

    /** What becomes of one-offs that are due at the time of the restore. */
    public enum Due {
        /** They are paused. */
        HOLD,
        /** They run when the node starts, perhaps for the second time. */
        RUN
    }

    /**
     * What was restored.
     *
     * @param incarnation that all partitions are in now
     * @param held one-offs that wait for a person
     */
    public record Restored(int partitions, int incarnation, long held) {}

    private Restore(WallClock clock, Due due) {
        this.clock = clock;
        this.due = due;
    }

    /**
     * Restores.
     *
     * @param backup a directory that a backup was made into; it stays as it is
     * @param dataDirectory new or empty
     * @throws StartFailedException when one of them will not do
     */
    public static Restored run(Path backup, Path dataDirectory, Due due, WallClock clock) throws StartFailedException {
        try {
            copy(backup, dataDirectory);
            return new Restore(clock, due).begin(dataDirectory);
        } catch (StoreException e) {
            throw StartFailedException.of(e);
        } catch (IOException e) {
            throw new StartFailedException(
                    NodeExit.UNAVAILABLE,
                    "the backup cannot be copied; backup=" + backup + " dataDir=" + dataDirectory + " cause="
                            + e.getClass().getSimpleName(),
                    "check both directories' permissions and the disk; delete what is in the data directory",
                    e);
        }
    }

    private static void copy(Path backup, Path target) throws IOException, StartFailedException {
        Path format = backup.resolve(DataDirectory.FORMAT_FILE);
        if (!Files.isRegularFile(format)) {
            throw new StartFailedException(
                    NodeExit.CONFIGURATION,
                    "this is no backup, or not a whole one: it has no format file; backup=" + backup,
                    "name the directory that kalends backup wrote into");
        }
        if (!Files.exists(target)) {
            Files.createDirectories(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            if (entries.iterator().hasNext()) {
                throw new StartFailedException(
                        NodeExit.CONFIGURATION,
                        "a restore goes into a new or empty directory; dataDir=" + target,
                        "name another with --data-dir, or move the old one away");
            }
        }
        try (DirectoryStream<Path> databases = Files.newDirectoryStream(backup, "*.db")) {
            for (Path database : databases) {
                Files.copy(database, target.resolve(database.getFileName().toString()));
            }
        }
        Files.copy(format, target.resolve(DataDirectory.FORMAT_FILE));
    }

    private Restored begin(Path dataDirectory) {
        try (DataDirectory directory = DataDirectory.open(dataDirectory, 1)) {
            long held = 0;
            int incarnation = 0;
            for (int partition = 0; partition < directory.partitions(); partition++) {
                try (SqliteStore store = directory.openStore(partition, Durability.FULL)) {
                    Head head = store.head().nextIncarnation();
                    incarnation = Math.max(incarnation, head.incarnation());
                    apply(store, partition, List.of(new Change.PutHead(head)));
                    held += due == Due.HOLD ? hold(store, partition) : 0;
                }
            }
            return new Restored(directory.partitions(), incarnation, held);
        }
    }

    private void apply(SqliteStore store, int partition, List<Change> changes) {
        store.apply(new Batch(partition, store.head().epoch(), clock.nowMs(), changes), store.position() + 1);
    }

    /** Pauses the one-offs that still wait though they are due, slot by slot. */
    private long hold(SqliteStore store, int partition) {
        long nowMs = clock.nowMs();
        long held = 0;
        for (int day = 0; day <= nowMs / DAY_MS; day++) {
            long sequence = store.nextSequence(day) == 0 ? -1 : 0;
            while (sequence >= 0) {
                List<JobId> waiting = new ArrayList<>();
                sequence = store.audit(day, sequence, HELD_A_BATCH, waiting::add);
                held += pause(store, partition, waiting, nowMs);
            }
        }
        return held;
    }

    private long pause(SqliteStore store, int partition, List<JobId> waiting, long nowMs) {
        List<Change> changes = new ArrayList<>();
        Map<String, Long> heldByTenant = new HashMap<>();
        for (JobId id : waiting) {
            Optional<JobSpec> spec = store.spec(id);
            if (spec.isPresent()
                    && spec.get().schedule() instanceof Schedule.Once once
                    && spec.get().dueMs(once.atMs()) <= nowMs) {
                Optional<NextFire> next =
                        Optional.of(new NextFire(once.atMs(), spec.get().dueMs(once.atMs())));
                JobState state = JobState.accepted(id, spec.get().acceptedMs(), next)
                        .pausedBy(new Pause(Pause.By.JOB, nowMs, Optional.empty(), Optional.of(HELD)), nowMs);
                changes.add(new Change.PutState(state.decided(once.atMs(), 1, next)));
                heldByTenant.merge(spec.get().tenant(), 1L, Long::sum);
            }
        }
        if (changes.isEmpty()) {
            return 0;
        }
        long held = changes.size();
        heldByTenant.forEach((tenant, count) -> changes.add(new Change.PutCounts(paused(store.counts(tenant), count))));
        apply(store, partition, changes);
        return held;
    }

    private static Counts paused(Counts counts, long count) {
        return new Counts(
                counts.tenant(),
                counts.scheduled() - count,
                counts.paused() + count,
                counts.finished(),
                counts.cancelled(),
                counts.ready(),
                counts.running(),
                counts.retrying(),
                counts.dead(),
                counts.oneOffsDecided() + count);
    }
}
