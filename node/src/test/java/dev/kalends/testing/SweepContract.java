package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.named;
import static dev.kalends.testing.Samples.once;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.ready;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.Run;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.Store.History;
import dev.kalends.journal.SubmitKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a store finds to be past keeping, always a bounded amount. */
public interface SweepContract extends StoreHarness {
    @Test
    default void requestsExpireAtTheirInstant() {
        for (int i = 0; i < 4; i++) {
            apply(new Change.PutRequest(new RequestAnswer("r" + i, T0 + i, i, List.of())));
        }
        assertEquals(List.of(), store().expiredRequests(T0 - 1, 10));
        assertEquals(Set.of("r0", "r1"), Set.copyOf(store().expiredRequests(T0 + 1, 10)));
        assertEquals(3, store().expiredRequests(T0 + 100, 3).size());
        apply(new Change.RemoveRequest("r0"));
        assertEquals(List.of("r1"), store().expiredRequests(T0 + 1, 10));
        apply(new Change.PutRequest(new RequestAnswer("r1", T0 + 50, 1, List.of())));
        assertEquals(List.of(), store().expiredRequests(T0 + 1, 10));
    }

    @Test
    default void keysExpireUnlessTheirJobLives() {
        SubmitKey.Id kept = key("kept");
        SubmitKey.Id short1 = key("short");
        SubmitKey.Id long1 = key("long");
        apply(
                new Change.PutSubmitKey(new SubmitKey(kept, repeating(1), 1, 0)),
                new Change.PutSubmitKey(new SubmitKey(short1, repeating(1), 1, T0)),
                new Change.PutSubmitKey(new SubmitKey(long1, repeating(1), 1, T0 + 10)));
        assertEquals(List.of(short1), store().expiredSubmitKeys(T0, 10));
        assertEquals(Set.of(short1, long1), Set.copyOf(store().expiredSubmitKeys(T0 + 10, 10)));
        assertEquals(1, store().expiredSubmitKeys(T0 + 10, 1).size());
        apply(new Change.PutSubmitKey(new SubmitKey(kept, repeating(1), 1, T0 + 5)));
        apply(new Change.RemoveSubmitKey(short1));
        assertEquals(List.of(kept), store().expiredSubmitKeys(T0 + 5, 10));
    }

    private static SubmitKey.Id key(String text) {
        return new SubmitKey.Id("default", Optional.empty(), text);
    }

    @Test
    default void lettersGrowOld() {
        for (int i = 0; i < 3; i++) {
            apply(new Change.PutDead(Samples.letter(Samples.dead(repeating(i), T0, T0 + 10 + i))));
        }
        assertEquals(List.of(), store().deadBefore(T0 + 10, 10));
        assertEquals(2, store().deadBefore(T0 + 12, 10).size());
        assertEquals(1, store().deadBefore(T0 + 12, 1).size());
        apply(new Change.RemoveDead(ready(repeating(0), T0).id()));
        assertEquals(List.of(ready(repeating(1), T0).id()), store().deadBefore(T0 + 12, 10));
    }

    @Test
    default void jobsAreForgottenAfterTheirLastLine() {
        JobId job = repeating(1);
        JobId other = repeating(2);
        Run open = ready(job, T0 + 500);
        apply(
                new Change.PutSpec(named(job, "a"), -1),
                new Change.PutState(Samples.next(job, T0 + 1).over(JobPhase.CANCELLED, T0)),
                new Change.AppendHistory(Samples.succeeded(job, T0, T0 + 10)),
                new Change.AppendHistory(Samples.dead(job, T0 + 5, T0 + 20)),
                new Change.PutSpec(named(other, "b"), -1),
                new Change.PutState(Samples.next(other, T0 + 1)),
                new Change.AppendHistory(Samples.succeeded(other, T0, T0 + 10)),
                new Change.PutSpec(once(oneOff(1), T0), T0));
        assertEquals(List.of(), store().forgottenJobs(T0 + 1, 10));
        store().pruneHistory(new History(T0 + 100, T0), 100);
        assertEquals(List.of(), store().forgottenJobs(T0 + 1, 10), "one line is left");
        apply(new Change.PutRun(open));
        store().pruneHistory(new History(T0 + 100, T0 + 100), 100);
        assertEquals(List.of(), store().forgottenJobs(T0 + 1, 10), "a run is open");
        apply(new Change.RemoveRun(open.id()));
        assertEquals(List.of(), store().forgottenJobs(T0, 10), "it is over since then only");
        assertEquals(List.of(job), store().forgottenJobs(T0 + 1, 10));
        apply(new Change.RemoveJob(job));
        assertEquals(List.of(), store().forgottenJobs(T0 + 1, 10));
    }

    @Test
    default void forgottenJobsAreBounded() {
        for (int i = 0; i < 3; i++) {
            apply(
                    new Change.PutSpec(once(oneOff(i), T0 + i), T0 + i),
                    new Change.PutState(Samples.next(oneOff(i), T0).over(JobPhase.FINISHED, T0)),
                    new Change.AppendHistory(Samples.succeeded(oneOff(i), T0 + i, T0 + 10)));
        }
        store().pruneHistory(new History(T0 + 100, T0 + 100), 100);
        assertEquals(2, store().forgottenJobs(T0 + 1, 2).size());
        assertEquals(3, store().forgottenJobs(T0 + 1, 10).size());
    }

    @Test
    default void forgottenJobsAreFoundBehindManyThatMustStay() {
        for (int i = 0; i < 300; i++) {
            long overMs = i < 250 ? T0 + 1_000 : T0;
            apply(
                    new Change.PutSpec(once(oneOff(i), T0 + i), T0 + i),
                    new Change.PutState(Samples.next(oneOff(i), T0).over(JobPhase.FINISHED, overMs)),
                    new Change.AppendHistory(Samples.succeeded(oneOff(i), T0 + i, T0 + 10)));
        }
        store().pruneHistory(new History(T0 + 100, T0 + 100), 1_000);
        Set<JobId> found = new HashSet<>();
        for (int look = 0; look < 40; look++) {
            List<JobId> some = store().forgottenJobs(T0 + 1, 10);
            some.forEach(job -> apply(new Change.RemoveJob(job)));
            found.addAll(some);
        }
        assertEquals(50, found.size());
    }

    @Test
    default void tenantsHaveACounterOrALimit() {
        apply(
                new Change.PutCounts(Counts.none("a")),
                new Change.PutTenant(new Tenant("b", Optional.of(1), Optional.of(2))),
                new Change.PutCounts(Counts.none("b")),
                new Change.PutSpec(named(repeating(1), "x"), -1));
        assertEquals(List.of("a", "b"), store().tenants().stream().sorted().toList());
        assertEquals(1, reader().tenants().size());
        assertEquals(2, reader().counts().size());
    }
}
