package dev.kalends.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.Home;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Run;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.SubmitKey;
import dev.kalends.memory.MemoryStore;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.testing.Recount;
import dev.kalends.testing.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays and what changes when a store gets another number of partitions. */
final class MoveTest {
    private static final int MANY = 100_000;

    private final Map<JobId, JobId> newByOld = new HashMap<>();

    private static List<Store> memory(int partitions) {
        List<Store> stores = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            stores.add(new MemoryStore(i));
        }
        return stores;
    }

    private Move.Moved move(List<? extends Store> from, List<? extends Store> to) {
        newByOld.clear();
        return Move.run(
                from.stream().map(Store::reader).toList(),
                to,
                new Move.Terms(House.NOW, (old, id, _) -> newByOld.put(old, id), _ -> {}));
    }

    private static long sum(List<? extends Store> stores, ToLongFunction<Counts> figure) {
        return stores.stream()
                .flatMap(store -> store.reader().counts().stream())
                .mapToLong(figure)
                .sum();
    }

    private static List<JobSpec> specs(Store store) {
        return store.reader().jobs(Optional.empty(), _ -> true, MANY, MANY).rows().stream()
                .map(StoreReader.JobRow::spec)
                .toList();
    }

    /** Everything but ids is as it was, and every job is where it belongs. */
    private static void same(List<? extends Store> before, List<? extends Store> after) {
        Map<String, String> were = House.jobs(before);
        assertEquals(House.JOBS, were.size(), "the samples are not told apart");
        assertEquals(were, House.jobs(after));
        for (ToLongFunction<Counts> figure : List.<ToLongFunction<Counts>>of(
                Counts::scheduled,
                Counts::paused,
                Counts::finished,
                Counts::running,
                Counts::retrying,
                Counts::dead,
                Counts::oneOffsDecided)) {
            assertTrue(sum(before, figure) > 0, "the samples lack something");
            assertEquals(sum(before, figure), sum(after, figure));
        }
        Home home = new Home(after.size());
        for (int i = 0; i < after.size(); i++) {
            Store store = after.get(i);
            Recount.check(store.reader());
            assertEquals(before.getFirst().reader().tenants(), store.reader().tenants());
            assertEquals(before.getFirst().pauses(), store.pauses());
            assertEquals(Optional.empty(), store.request("r"));
            for (JobSpec spec : specs(store)) {
                assertEquals(i, spec.id().partition());
                spec.name()
                        .name()
                        .ifPresent(name -> assertEquals(
                                home.ofName(spec.tenant(), name), spec.id().partition()));
                assertTrue(store.nextSequence(spec.id().day()) > spec.id().sequence(), "an id would come twice");
            }
            List<Long> ends = store.reader().historyAfter(0, MANY).runs().stream()
                    .map(run -> run.times().finishedMs())
                    .toList();
            assertEquals(ends.stream().sorted().toList(), ends, "history is not in the order of its ends");
        }
    }

    @Test
    void fromOneToEightAndBack() {
        List<Store> one = memory(1);
        House.fill(one);
        Set<JobId> known =
                new HashSet<>(specs(one.getFirst()).stream().map(JobSpec::id).toList());
        List<Store> eight = memory(8);
        Move.Moved moved = move(one, eight);
        assertEquals(new Move.Moved(House.JOBS, 0), moved);
        assertEquals(House.jobs(one), House.jobs(eight));
        assertTrue(eight.stream().allMatch(store -> specs(store).size() > 1), "they did not spread");
        Head head = eight.get(3).head();
        assertEquals(one.getFirst().head().nextIncarnation(), head);
        assertEquals(known, newByOld.keySet());
        for (JobId id : newByOld.values()) {
            assertTrue(known.add(id), "an id came twice; id=" + id);
            assertTrue(id.sequence() >= head.firstSequence());
        }
        List<Store> again = memory(1);
        move(eight, again);
        for (JobId id : newByOld.values()) {
            assertTrue(known.add(id), "an id came twice; id=" + id);
        }
        same(one, again);
        same(eight, again);
    }

    @Test
    void runsKeepTheirPlaceInHistoryOfMergedPartitions() {
        List<Store> eight = memory(8);
        House.fill(eight);
        List<Store> three = memory(3);
        move(eight, three);
        same(eight, three);
        Run newest = three.getFirst()
                .reader()
                .history(Long.MAX_VALUE, _ -> true, 1, 1)
                .runs()
                .getFirst();
        assertTrue(newByOld.containsValue(newest.id().job()));
    }

    @Test
    void onDisk(@TempDir Path directory) {
        List<Store> eight = memory(8);
        House.fill(eight);
        try (DataDirectory disk = DataDirectory.open(directory, 2);
                Store first = disk.openStore(0, Durability.NORMAL);
                Store second = disk.openStore(1, Durability.NORMAL)) {
            List<Store> two = List.of(first, second);
            move(eight, two);
            same(eight, two);
            List<Store> back = memory(8);
            move(two, back);
            same(two, back);
        }
    }

    @Test
    void whatIsDueNextIsInTheNewAgenda() {
        List<Store> one = memory(1);
        House.fill(one);
        List<Store> eight = memory(8);
        move(one, eight);
        long[] due = {0};
        for (Store store : eight) {
            while (store.cascade(House.NOW, 100)) {
                // there is more to copy
            }
            store.due(0, Long.MAX_VALUE, new Store.DueSink() {
                @Override
                public void job(long dueMs, JobId job) {
                    assertTrue(store.spec(job).isPresent());
                    due[0]++;
                }

                @Override
                public void run(long dueMs, dev.kalends.job.RunId run) {
                    assertTrue(store.run(run).isPresent());
                    due[0]++;
                }
            });
        }
        assertTrue(due[0] > House.JOBS / 2, "due=" + due[0]);
    }

    @Test
    void aKeyThatOutlivedItsJobGetsAnIdAndALineThatDidNotIsCounted() {
        List<Store> one = memory(1);
        SubmitKey.Id key = new SubmitKey.Id("default", Optional.of("gone"), "k");
        JobId gone = JobId.of(0, 0, 5);
        one.getFirst()
                .apply(
                        new Batch(
                                0,
                                1,
                                House.NOW,
                                List.of(
                                        new Change.PutSubmitKey(new SubmitKey(key, gone, 7, House.NOW + 9)),
                                        new Change.AppendHistory(Samples.succeeded(JobId.of(0, 0, 6), 5, 6)))),
                        1);
        List<Store> two = memory(2);
        assertEquals(new Move.Moved(1, 1), move(one, two));
        int home = new Home(2).ofName("default", "gone");
        JobId now = two.get(home).submitKey(key).orElseThrow().job();
        assertEquals(newByOld.get(gone), now);
        assertNotEquals(gone, now);
        assertEquals(home, now.partition());
    }
}
