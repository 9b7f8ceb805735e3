package dev.kalends.testing;

import static dev.kalends.testing.Samples.DAY;
import static dev.kalends.testing.Samples.DAY_MS;
import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.edited;
import static dev.kalends.testing.Samples.named;
import static dev.kalends.testing.Samples.once;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.Backfill;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Digest;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.SubmitKey;
import dev.kalends.memory.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A store's state as changes makes the same store again. */
public interface DumpContract extends StoreHarness {
    private static List<Change> everything() {
        JobSpec every = named(repeating(7), "every");
        JobSpec held = named(repeating(8), "held");
        JobSpec before = named(repeating(9), "name");
        // It took the name later, though its id is lower.
        JobSpec after = named(repeating(3), "name");
        PauseOrder order =
                new PauseOrder(Optional.of("default"), T0, Optional.empty(), Optional.of("why"), Optional.empty());
        SubmitKey.Id named = new SubmitKey.Id("default", Optional.of("every"), "k");
        SubmitKey.Id unnamed = new SubmitKey.Id("other", Optional.empty(), "k");
        JobSpec keyed = Samples.keyed(repeating(6), "zoo", "lion", "k");
        SubmitKey.Id beside = new SubmitKey.Id("zoo", Optional.of("lion"), "k");
        Run dead = Samples.dead(every.id(), T0 - 60_000, T0 - 50_000);
        return List.of(
                new Change.PutSpec(every, -1),
                new Change.PutSpec(edited(every, 2), -1),
                new Change.PutSpec(held, -1),
                new Change.PutSpec(before, -1),
                new Change.PutState(Samples.next(before.id(), T0).over(JobPhase.CANCELLED, T0)),
                new Change.PutSpec(after, -1),
                new Change.PutState(Samples.next(after.id(), T0 + 5_000)),
                new Change.PutState(Samples.next(every.id(), T0 + 60_000)),
                new Change.PutState(Samples.next(held.id(), T0).pausedBy(order.pause(), T0)),
                new Change.PutSpec(once(oneOff(1), T0 + 1_000), T0 + 1_000),
                new Change.PutSpec(once(oneOff(2), T0 + 2_000), T0 + 2_500),
                new Change.PutSpec(edited(once(oneOff(2), T0 + 2_000), 2), T0 + 9_000),
                new Change.PutState(Samples.next(oneOff(2), T0 + 9_000)),
                new Change.PutSlot(0, 10),
                new Change.PutSlot(DAY, 3),
                new Change.PutRun(Samples.retrying(every.id(), T0 - 20_000, T0 + 30_000)),
                new Change.PutRun(Samples.leased(every.id(), T0 - 10_000, 9)),
                new Change.PutDead(Samples.letter(dead)),
                new Change.AppendHistory(dead),
                new Change.AppendHistory(Samples.succeeded(every.id(), T0 - 40_000, T0 - 30_000)),
                new Change.PutLedger(ledger(every.id(), T0 - 60_000, RunState.DEAD)),
                new Change.PutLedger(ledger(every.id(), T0 - 40_000, RunState.SUCCEEDED)),
                new Change.PutBackfill(new Backfill(every.id(), 1, 1, T0 - DAY_MS, T0, 2, 9, 5)),
                new Change.PutSubmitKey(new SubmitKey(named, every.id(), 5, 0)),
                new Change.PutSubmitKey(new SubmitKey(unnamed, oneOff(1), 6, T0 + 5)),
                new Change.PutSpec(keyed, -1),
                new Change.PutState(Samples.next(keyed.id(), T0 + 7_000)),
                new Change.PutSubmitKey(new SubmitKey(beside, keyed.id(), 7, 0)),
                new Change.PutRequest(new RequestAnswer(
                        "r1",
                        T0 + 9,
                        3,
                        List.of(new RequestAnswer.Line(Optional.of(every.id()), T0, true, Optional.empty())))),
                new Change.PutTenant(new Tenant("other", Optional.of(5), Optional.empty())),
                new Change.PutPause(order),
                new Change.PutCounts(new Counts("default", 4, 1, 0, 1, 0, 1, 1, 1, 0)),
                new Change.PutCounts(new Counts("zoo", 1, 0, 0, 0, 0, 0, 0, 0, 0)),
                new Change.PutHead(new Head(100, 1, 1, 2)));
    }

    private static LedgerLine ledger(JobId job, long atMs, RunState verdict) {
        return new LedgerLine(job, atMs, atMs, 1, verdict, Optional.empty());
    }

    private static List<Change> dump(StoreReader reader) {
        List<Change> changes = new ArrayList<>();
        reader.dump(Dump.ALL, changes::add);
        return changes;
    }

    private static String digest(StoreReader reader) {
        Digest digest = new Digest();
        reader.dump(Dump.KEYED, digest);
        assertTrue(digest.changes() > 20, "too little was hashed; changes=" + digest.changes());
        return digest.text();
    }

    /** What the agenda says that still holds: it may also name fires that were moved since. */
    private static Set<String> agenda(Store store) {
        while (store.cascade(T0 + 1_000, 100)) {
            // there is more to copy
        }
        Set<String> entries = new TreeSet<>();
        store.due(0, Long.MAX_VALUE, new Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                Optional<Long> wakeMs =
                        store.state(job).map(state -> state.wakeMs().orElse(-1L));
                if (wakeMs.orElse(dueMs) == dueMs) {
                    entries.add(dueMs + " " + job);
                }
            }

            @Override
            public void run(long dueMs, RunId run) {
                entries.add(dueMs + " " + run);
            }
        });
        return entries;
    }

    @Test
    default void aDumpMakesTheSameStoreAgain() {
        apply(everything().toArray(Change[]::new));
        long position = store().position();
        List<Change> changes = new ArrayList<>();
        assertEquals(position, reader().dump(Dump.ALL, changes::add));
        Set<Object> keys = new HashSet<>();
        changes.forEach(change -> assertTrue(keys.add(change.key()), "a key came twice; key=" + change.key()));
        assertEquals(Set.copyOf(everything()), Set.copyOf(changes));
        Recount.check(reader());
        try (MemoryStore second = new MemoryStore(Samples.PARTITION)) {
            long next = 0;
            for (Change change : changes) {
                second.apply(new Batch(Samples.PARTITION, 1, T0, List.of(change)), ++next);
            }
            assertEquals(Optional.of(repeating(3)), second.named("default", "name"));
            assertEquals(List.of(repeating(8)), second.heldBy(Optional.of("default"), 10));
            assertEquals(dump(reader()), dump(second.reader()));
            assertEquals(digest(reader()), digest(second.reader()));
            Recount.check(second.reader());
            assertEquals(agenda(store()), agenda(second));
        }
    }

    @Test
    default void ofHistoryTheNewestLinesComeOldestFirst() {
        for (int i = 1; i <= 5; i++) {
            apply(new Change.AppendHistory(Samples.succeeded(repeating(1), T0 + i, T0 + i)));
        }
        List<Change> changes = new ArrayList<>();
        reader().dump(Dump.allBut(2), change -> {
            if (change instanceof Change.AppendHistory) {
                changes.add(change);
            }
        });
        assertEquals(
                List.of(
                        new Change.AppendHistory(Samples.succeeded(repeating(1), T0 + 4, T0 + 4)),
                        new Change.AppendHistory(Samples.succeeded(repeating(1), T0 + 5, T0 + 5))),
                changes);
        reader().dump(Dump.KEYED, change -> assertTrue(!(change instanceof Change.AppendHistory)));
        reader().dump(Dump.allBut(0), change -> assertTrue(!(change instanceof Change.AppendHistory)));
        StoreReader.HistoryPage first = reader().historyAfter(0, 3);
        StoreReader.HistoryPage rest = reader().historyAfter(first.next(), 3);
        assertEquals(List.of(T0 + 1, T0 + 2, T0 + 3), nominal(first));
        assertEquals(List.of(T0 + 4, T0 + 5), nominal(rest));
        assertEquals(-1, rest.next());
    }

    private static List<Long> nominal(StoreReader.HistoryPage page) {
        return page.runs().stream().map(run -> run.id().nominalMs()).toList();
    }

    @Test
    default void oneChangeMakesAnotherDigest() {
        apply(everything().toArray(Change[]::new));
        String before = digest(reader());
        apply(new Change.PutState(Samples.next(repeating(7), T0 + 60_001)));
        String moved = digest(reader());
        assertNotEquals(before, moved);
        apply(new Change.PutState(Samples.next(repeating(7), T0 + 60_000)));
        assertEquals(before, digest(reader()));
        apply(new Change.AppendHistory(Samples.succeeded(repeating(7), T0 + 1, T0 + 1)));
        assertEquals(before, digest(reader()), "history is each replica's own");
        apply(new Change.RemoveDead(RunId.scheduled(repeating(7), T0 - 60_000)));
        assertNotEquals(before, digest(reader()));
    }
}
