package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.named;
import static dev.kalends.testing.Samples.once;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.ready;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Change;
import dev.kalends.journal.Head;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobPage;
import dev.kalends.journal.StoreReader.JobRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What other threads see of a store. */
public interface StoreReaderContract extends StoreHarness {
    private static List<JobId> ids(List<JobRow> rows) {
        return rows.stream().map(row -> row.spec().id()).toList();
    }

    @Test
    default void seesWhatWasAppliedFromAnotherThread() throws Exception {
        StoreReader reader = reader();
        assertEquals(0, reader.position());
        JobSpec spec = once(oneOff(1), T0);
        apply(new Change.PutSpec(spec, T0), new Change.PutHead(new Head(5, 4, 1, 1)));
        CompletableFuture<Long> position = new CompletableFuture<>();
        CompletableFuture<Optional<JobRow>> row = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            position.complete(reader.position());
            row.complete(reader.job(spec.id()));
        });
        assertEquals(store().position(), position.get(10, TimeUnit.SECONDS));
        assertEquals(Optional.of(new JobRow(spec, Optional.empty(), false)), row.get(10, TimeUnit.SECONDS));
        assertEquals(new Head(5, 4, 1, 1), reader.head());
    }

    @Test
    default void aRowSaysStateAndWhetherARunIsOpen() {
        JobSpec spec = named(repeating(1), "a");
        apply(new Change.PutSpec(spec, -1), new Change.PutState(Samples.next(spec.id(), T0 + 9)));
        JobSpec second = Samples.edited(spec, 2);
        apply(new Change.PutSpec(second, -1), new Change.PutRun(ready(spec.id(), T0)));
        JobRow expected = new JobRow(second, Optional.of(Samples.next(spec.id(), T0 + 9)), true);
        assertEquals(Optional.of(expected), reader().job(spec.id()));
        assertEquals(Optional.of(spec), reader().spec(spec.id(), 1));
        assertEquals(Optional.empty(), reader().job(repeating(2)));
        assertEquals(Optional.of(spec.id()), reader().named("default", "a"));
    }

    @Test
    default void jobsComeInIdOrderPageByPage() {
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            apply(new Change.PutSpec(once(oneOff(i), T0 + i), T0 + i));
            apply(new Change.PutSpec(named(repeating(i), "n" + i), -1));
            all.add(oneOff(i));
            all.add(repeating(i));
        }
        all.sort(null);
        List<JobId> seen = new ArrayList<>();
        Optional<JobId> after = Optional.empty();
        int pages = 0;
        do {
            JobPage page = reader().jobs(after, _ -> true, 3, 100);
            assertTrue(page.rows().size() <= 3);
            seen.addAll(ids(page.rows()));
            after = page.next();
            assertTrue(pages++ < 10, "the pages do not end");
        } while (after.isPresent());
        assertEquals(all, seen);
    }

    @Test
    default void aScanOfJobsIsBounded() {
        for (int i = 0; i < 9; i++) {
            apply(new Change.PutSpec(named(repeating(i), "n" + i), -1));
        }
        List<JobId> seen = new ArrayList<>();
        Optional<JobId> after = Optional.empty();
        int pages = 0;
        do {
            int[] looked = {0};
            JobPage page = reader().jobs(
                            after,
                            row -> {
                                looked[0]++;
                                return row.spec().id().sequence() == 7;
                            },
                            5,
                            2);
            assertTrue(looked[0] <= 2, "looked=" + looked[0]);
            seen.addAll(ids(page.rows()));
            after = page.next();
            assertTrue(pages++ < 20, "the pages do not end");
        } while (after.isPresent());
        assertEquals(List.of(repeating(7)), seen);
        assertTrue(pages >= 4, "pages=" + pages);
    }

    @Test
    default void jobsNamedComeInNameOrder() {
        apply(
                new Change.PutSpec(named(repeating(1), "billing/b"), -1),
                new Change.PutSpec(named(repeating(2), "billing/a"), -1),
                new Change.PutSpec(named(repeating(3), "billing/c"), -1),
                new Change.PutSpec(named(repeating(4), "bill"), -1),
                new Change.PutSpec(named(repeating(5), "billing0"), -1),
                new Change.PutSpec(named(repeating(6), "Billing/a"), -1),
                new Change.PutSpec(named(repeating(7), "billing_%"), -1));
        JobName foreign = new JobName("acme", Optional.of("billing/a"), Optional.empty());
        apply(new Change.PutSpec(Samples.spec(repeating(8), foreign, new Schedule.Manual()), -1));
        StoreReader reader = reader();
        assertEquals(
                List.of(repeating(2), repeating(1), repeating(3)),
                ids(reader.jobsNamed("default", "billing/", "", 10)));
        assertEquals(List.of(repeating(3)), ids(reader.jobsNamed("default", "billing/", "billing/b", 10)));
        assertEquals(List.of(repeating(2)), ids(reader.jobsNamed("default", "billing/", "", 1)));
        assertEquals(List.of(repeating(7)), ids(reader.jobsNamed("default", "billing_", "", 10)));
        assertEquals(List.of(repeating(8)), ids(reader.jobsNamed("acme", "", "", 10)));
        assertEquals(7, reader.jobsNamed("default", "", "", 10).size());
        apply(new Change.PutSpec(named(repeating(9), "billing/a"), -1));
        assertEquals(
                List.of(repeating(9)), ids(reader().jobsNamed("default", "billing/a", "", 10)), "the last one counts");
    }

    @Test
    default void findsJobsByTheBeginningOfTheirId() {
        for (int i = 0; i < 20; i++) {
            apply(new Change.PutSpec(once(oneOff(i), T0 + i), T0 + i));
        }
        String text = oneOff(7).toString();
        assertEquals(List.of(oneOff(7)), reader().byIdPrefix("default", text.substring(0, 6), 10));
        assertEquals(List.of(oneOff(7)), reader().byIdPrefix("default", text.substring(0, 12), 10));
        assertEquals(List.of(), reader().byIdPrefix("acme", text.substring(0, 6), 10));
        assertEquals(
                List.of(),
                reader().byIdPrefix("default", repeating(1).toString().substring(0, 8), 10));
    }

    @Test
    default void openRunsComeByRunIdPageByPage() {
        for (int i = 0; i < 6; i++) {
            apply(new Change.PutRun(ready(repeating(i % 3), T0 + i)));
        }
        StoreReader reader = reader();
        List<Run> first = reader.openRuns(Optional.empty(), _ -> true, 4);
        List<Run> rest = reader.openRuns(Optional.of(first.getLast().id()), _ -> true, 4);
        List<RunId> seen = new ArrayList<>(first.stream().map(Run::id).toList());
        rest.forEach(run -> seen.add(run.id()));
        assertEquals(4, first.size());
        assertEquals(seen.stream().sorted().distinct().toList(), seen);
        assertEquals(6, seen.size());
        assertEquals(
                1,
                reader.openRuns(Optional.empty(), run -> run.id().nominalMs() == T0 + 5, 4)
                        .size());
        assertEquals(2, reader.openRuns(repeating(2)).size());
        assertEquals(Optional.of(ready(repeating(0), T0)), reader.run(RunId.scheduled(repeating(0), T0)));
    }

    @Test
    default void anOpenRunHidesItsOlderEnd() {
        Run dead = Samples.dead(repeating(1), T0, T0 + 10);
        Run again = dead.ready(T0 + 20);
        apply(new Change.AppendHistory(dead));
        apply(new Change.PutRun(again));
        assertEquals(Optional.of(again), reader().run(dead.id()));
        apply(new Change.RemoveRun(dead.id()));
        assertEquals(Optional.of(dead), reader().run(dead.id()));
    }

    @Test
    default void lettersComeByRunId() {
        for (int i = 0; i < 4; i++) {
            apply(new Change.PutDead(Samples.letter(Samples.dead(repeating(3 - i), T0, T0 + 10))));
        }
        StoreReader reader = reader();
        RunId second = RunId.scheduled(repeating(1), T0);
        assertEquals(4, reader.dead(Optional.empty(), _ -> true, 10).size());
        assertEquals(
                second,
                reader.dead(Optional.empty(), _ -> true, 2).getLast().run().id());
        assertEquals(
                Set.of(repeating(2), repeating(3)),
                Set.copyOf(reader.dead(Optional.of(second), _ -> true, 10).stream()
                        .map(letter -> letter.run().id().job())
                        .toList()));
        assertEquals(
                1,
                reader.dead(Optional.empty(), letter -> letter.run().id().equals(second), 10)
                        .size());
    }

    @Test
    default void theLedgerIsReadFromAnInstantOn() {
        for (int i = 0; i < 4; i++) {
            apply(new Change.PutLedger(
                    new LedgerLine(repeating(1), 100L * i, 100L * i + 50, 3, RunState.SUCCEEDED, Optional.empty())));
        }
        assertEquals(4, reader().ledger(repeating(1), 0, 10).size());
        List<LedgerLine> lines = reader().ledger(repeating(1), 151, 1);
        assertEquals(List.of(200L), lines.stream().map(LedgerLine::fromMs).toList());
        assertEquals(List.of(), reader().ledger(repeating(2), 0, 10));
    }

    @Test
    default void countsOneOffsThatCameDue() {
        JobId nextDay = JobId.of(Samples.PARTITION, Samples.DAY + 1, 0);
        apply(
                new Change.PutSpec(once(oneOff(0), T0), T0),
                new Change.PutSpec(once(oneOff(1), T0 + 10), T0 + 10),
                new Change.PutSpec(once(nextDay, T0 + Samples.DAY_MS + 10), T0 + Samples.DAY_MS + 10),
                new Change.PutSpec(named(repeating(1), "a"), -1));
        assertEquals(0, reader().oneOffsDue(T0 - 1));
        assertEquals(1, reader().oneOffsDue(T0 + 9));
        assertEquals(2, reader().oneOffsDue(T0 + Samples.DAY_MS));
        assertEquals(3, reader().oneOffsDue(T0 + 5 * Samples.DAY_MS));
        apply(new Change.PutSpec(once(oneOff(2), T0 + 20), T0 + 20));
        assertEquals(4, reader().oneOffsDue(T0 + 5 * Samples.DAY_MS), "a slot that passed may still grow");
        apply(new Change.RemoveJob(oneOff(0)));
        assertEquals(3, reader().oneOffsDue(T0 + 5 * Samples.DAY_MS), "what is not stored is not counted");
        assertEquals(2, reader().oneOffsDue(T0 + 20));
    }
}
