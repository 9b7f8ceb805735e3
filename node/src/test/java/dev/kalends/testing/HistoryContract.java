package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.repeating;
import static dev.kalends.testing.Samples.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.job.Lease;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store.History;
import dev.kalends.journal.StoreReader.HistoryPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines of history: their order, their last word on a run, their end. */
public interface HistoryContract extends StoreHarness {
    private void end(JobId job, long offsetMs) {
        apply(new Change.AppendHistory(succeeded(job, T0 + offsetMs, T0 + offsetMs + 10)));
    }

    private static List<Long> offsets(List<Run> runs) {
        return runs.stream().map(run -> run.id().nominalMs() - T0).toList();
    }

    @Test
    default void theLastLineOfARunCounts() {
        Run dead = Samples.dead(repeating(1), T0, T0 + 10);
        Run again = dead.ready(T0 + 20)
                .leased(new Lease(9, "w2", T0 + 21))
                .ended(RunState.CANCELLED, T0 + 30, Optional.of("asked to"));
        apply(new Change.AppendHistory(dead));
        assertEquals(Optional.of(dead), store().finished(dead.id()));
        apply(new Change.AppendHistory(again));
        assertEquals(Optional.of(again), store().finished(dead.id()));
        assertEquals(Optional.of(again), reader().run(dead.id()));
        assertEquals(again, reader().history(repeating(1), Long.MAX_VALUE, 10).getFirst());
    }

    @Test
    default void newestFirstInTheOrderOfEnding() {
        end(repeating(1), 30);
        end(repeating(2), 10);
        end(repeating(1), 20);
        apply(
                new Change.AppendHistory(succeeded(repeating(1), T0 + 60, T0 + 70)),
                new Change.AppendHistory(succeeded(repeating(1), T0 + 50, T0 + 60)));
        HistoryPage all = reader().history(Long.MAX_VALUE, _ -> true, 100, 100);
        assertEquals(List.of(50L, 60L, 20L, 10L, 30L), offsets(all.runs()));
        assertEquals(-1, all.next());
        assertEquals(List.of(50L, 60L, 20L, 30L), offsets(reader().history(repeating(1), Long.MAX_VALUE, 100)));
        assertEquals(List.of(50L, 60L), offsets(reader().history(repeating(1), Long.MAX_VALUE, 2)));
        assertEquals(List.of(), reader().history(repeating(3), Long.MAX_VALUE, 2));
    }

    @Test
    default void pagesGoOnWhereTheyStopped() {
        for (int i = 0; i < 10; i++) {
            end(repeating(i % 2), i);
        }
        List<Long> seen = new ArrayList<>();
        long before = Long.MAX_VALUE;
        int pages = 0;
        while (before != -1) {
            HistoryPage page = reader().history(before, run -> run.id().job().equals(repeating(1)), 2, 3);
            assertTrue(page.runs().size() <= 2);
            seen.addAll(offsets(page.runs()));
            assertTrue(page.next() < before, "a page goes on further down");
            before = page.next();
            assertTrue(pages++ < 20, "the pages do not end");
        }
        assertEquals(List.of(9L, 7L, 5L, 3L, 1L), seen);
        long middle = reader().history(Long.MAX_VALUE, _ -> true, 4, 100).next();
        assertEquals(List.of(5L, 3L, 1L), offsets(reader().history(repeating(1), middle, 10)));
    }

    @Test
    default void pruningCutsSuccessesAndOthersApart() {
        apply(
                new Change.AppendHistory(succeeded(repeating(1), T0, T0 + 10)),
                new Change.AppendHistory(Samples.dead(repeating(1), T0 + 1, T0 + 10)),
                new Change.AppendHistory(succeeded(repeating(1), T0 + 2, T0 + 20)),
                new Change.AppendHistory(Samples.dead(repeating(1), T0 + 3, T0 + 5)));
        long position = store().position();
        assertEquals(2, store().pruneHistory(new History(T0 + 20, T0 + 10), 100));
        assertEquals(position, store().position());
        assertEquals(List.of(2L, 1L), offsets(reader().history(repeating(1), Long.MAX_VALUE, 10)));
        assertEquals(Optional.empty(), store().finished(RunId.scheduled(repeating(1), T0)));
        assertEquals(0, store().pruneHistory(new History(T0 + 20, T0 + 10), 100));
        reopened();
        assertEquals(
                2, reader().history(Long.MAX_VALUE, _ -> true, 10, 10).runs().size());
    }

    @Test
    default void pruningIsBounded() {
        for (int i = 0; i < 5; i++) {
            end(repeating(1), i);
        }
        History all = new History(T0 + 1_000, T0 + 1_000);
        assertEquals(2, store().pruneHistory(all, 2));
        assertEquals(2, store().pruneHistory(all, 2));
        assertEquals(1, store().pruneHistory(all, 2));
        assertEquals(
                List.of(), reader().history(Long.MAX_VALUE, _ -> true, 10, 10).runs());
        end(repeating(1), 9);
        assertEquals(
                List.of(9L),
                offsets(reader().history(Long.MAX_VALUE, _ -> true, 10, 10).runs()));
    }

    @Test
    default void whatWasTooYoungGoesWhenItsTimeHasCome() {
        apply(IntStream.range(0, 1_200)
                .mapToObj(i -> new Change.AppendHistory(succeeded(repeating(1), T0 + i, T0 + i)))
                .toArray(Change[]::new));
        assertEquals(0, store().pruneHistory(new History(T0, T0), 2_000));
        assertEquals(50, store().pruneHistory(new History(T0 + 50, T0), 2_000));
        assertEquals(0, store().pruneHistory(new History(T0 + 50, T0), 2_000));
        assertEquals(1_150, store().pruneHistory(new History(T0 + 5_000, T0), 2_000));
    }
}
