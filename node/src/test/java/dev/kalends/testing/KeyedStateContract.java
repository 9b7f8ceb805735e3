package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.named;
import static dev.kalends.testing.Samples.once;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.ready;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.JobRecord;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.Store;
import dev.kalends.journal.SubmitKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A store read by key, and what a batch is. */
public interface KeyedStateContract extends StoreHarness {
    @Test
    default void beginsEmpty() {
        Store store = store();
        assertEquals(0, store.position());
        assertEquals(Optional.empty(), store.spec(repeating(1)));
        assertEquals(Optional.empty(), store.spec(repeating(1), 1));
        assertEquals(Optional.empty(), store.state(repeating(1)));
        assertEquals(Optional.empty(), store.run(RunId.scheduled(repeating(1), T0)));
        assertEquals(List.of(), store.openRuns(repeating(1)));
        assertEquals(Optional.empty(), store.finished(RunId.scheduled(repeating(1), T0)));
        assertEquals(Optional.empty(), store.dead(RunId.scheduled(repeating(1), T0)));
        assertEquals(Optional.empty(), store.named("default", "a"));
        assertEquals(Optional.empty(), store.request("r1"));
        assertEquals(0, store.nextSequence(0));
        assertEquals(Optional.empty(), store.tenant("default"));
        assertEquals(Counts.none("default"), store.counts("default"));
        assertEquals(Head.FIRST, store.head());
        assertEquals(Optional.empty(), store.ledgerAtOrBefore(repeating(1), T0));
        assertEquals(Optional.empty(), store.ledgerAfter(repeating(1), T0));
        assertEquals(List.of(), store.tenants());
    }

    @Test
    default void keepsEveryKindOfStateOverAReopening() {
        JobSpec spec = named(repeating(1), "billing/close");
        Run run = Samples.retrying(spec.id(), T0, T0 + 9);
        Run dead = Samples.dead(spec.id(), T0 + 1, T0 + 50);
        SubmitKey key = new SubmitKey(new SubmitKey.Id("default", Optional.of("n"), "k"), spec.id(), 42, 0);
        RequestAnswer.Line made = new RequestAnswer.Line(Optional.of(spec.id()), T0, true, Optional.empty());
        RequestAnswer.Line refused =
                new RequestAnswer.Line(Optional.empty(), -1, false, Optional.of("conflict: name è taken"));
        RequestAnswer answer = new RequestAnswer("req", T0 + 600_000, -5, List.of(made, refused));
        Tenant tenant = new Tenant("acme", Optional.of(5), Optional.empty());
        Counts counts = new Counts("acme", 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Head head = new Head(99, 3, 1, 2);
        apply(
                new Change.PutSpec(spec, -1),
                new Change.PutState(Samples.next(spec.id(), T0 + 300_000)),
                new Change.PutRun(run),
                new Change.AppendHistory(dead),
                new Change.PutDead(Samples.letter(dead)),
                new Change.PutSubmitKey(key),
                new Change.PutRequest(answer),
                new Change.PutSlot(7, 1L << 35),
                new Change.PutTenant(tenant),
                new Change.PutCounts(counts),
                new Change.PutHead(head));
        Store store = reopened();
        assertEquals(1, store.position());
        assertEquals(Optional.of(spec), store.spec(spec.id()));
        assertEquals(Optional.of(Samples.next(spec.id(), T0 + 300_000)), store.state(spec.id()));
        assertEquals(Optional.of(run), store.run(run.id()));
        assertEquals(Optional.of(dead), store.finished(dead.id()));
        assertEquals(Optional.of(Samples.letter(dead)), store.dead(dead.id()));
        assertEquals(Optional.of(spec.id()), store.named("default", "billing/close"));
        assertEquals(Optional.of(key), store.submitKey(key.id()));
        assertEquals(Optional.of(answer), store.request("req"));
        assertEquals(1L << 35, store.nextSequence(7));
        assertEquals(Optional.of(tenant), store.tenant("acme"));
        assertEquals(counts, store.counts("acme"));
        assertEquals(head, store.head());
    }

    @Test
    default void positionsRise() {
        store().apply(StoreHarness.batch(new Change.PutSlot(1, 1)), 5);
        Change second = new Change.PutSlot(1, 2);
        assertThrows(IllegalArgumentException.class, () -> store().apply(StoreHarness.batch(second), 5));
        assertThrows(IllegalArgumentException.class, () -> store().apply(StoreHarness.batch(second), 4));
        assertEquals(1, store().nextSequence(1));
        assertEquals(5, store().position());
        store().apply(StoreHarness.batch(), 9);
        assertEquals(9, reopened().position());
    }

    @Test
    default void ofTwoChangesOfAKeyTheLastCounts() {
        apply(new Change.PutSlot(3, 10), new Change.PutSlot(3, 11));
        Run run = ready(repeating(1), T0);
        apply(new Change.PutRun(run), new Change.RemoveRun(run.id()));
        assertEquals(11, store().nextSequence(3));
        assertEquals(Optional.empty(), store().run(run.id()));
    }

    @Test
    default void manyJobsAreReadAtOnceAsTheyAreOneByOne() {
        List<JobId> jobs = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            JobId job = i % 2 == 0 ? repeating(i) : oneOff(i);
            JobSpec spec = i % 2 == 0 ? named(job, "job-" + i) : once(job, T0 + i);
            jobs.add(job);
            if (i % 10 != 9) {
                changes.add(new Change.PutSpec(spec, i % 2 == 0 ? -1 : T0 + i));
            }
            if (i % 3 == 0) {
                changes.add(new Change.PutState(Samples.next(job, T0 + i)));
            }
            for (int run = 0; run < i % 4; run++) {
                changes.add(new Change.PutRun(ready(job, T0 + run)));
            }
            if (i % 8 == 0) {
                changes.add(new Change.PutSpec(Samples.edited(spec, 3), -1));
                changes.add(new Change.PutSpec(Samples.edited(spec, 2), -1));
            }
        }
        apply(changes.toArray(Change[]::new));
        for (int many : List.of(0, 1, 2, 8, 9, 64, 65, 150)) {
            List<JobId> some = jobs.subList(0, many);
            Map<JobId, JobRecord> expected = new HashMap<>();
            for (JobId job : some) {
                store().spec(job)
                        .ifPresent(spec ->
                                expected.put(job, new JobRecord(spec, store().state(job), store().openRuns(job))));
            }
            assertEquals(many - many / 10, expected.size());
            assertEquals(expected, store().records(some));
        }
    }

    @Test
    default void theHighestGenerationIsCurrent() {
        JobSpec first = named(repeating(1), "a");
        JobSpec second = Samples.edited(first, 2);
        JobSpec tenth = Samples.edited(first, 10);
        apply(new Change.PutSpec(first, -1));
        apply(new Change.PutSpec(second, -1), new Change.PutSpec(tenth, -1));
        assertEquals(Optional.of(tenth), store().spec(first.id()));
        assertEquals(Optional.of(first), store().spec(first.id(), 1));
        assertEquals(Optional.of(second), store().spec(first.id(), 2));
        assertEquals(Optional.empty(), store().spec(first.id(), 3));
        assertEquals(Optional.of(first.id()), store().named("default", "a"));
    }

    @Test
    default void oneOffsKeepTheirSpecToo() {
        JobSpec spec = once(oneOff(4), T0 + 1_234);
        apply(new Change.PutSpec(spec, T0 + 1_234));
        assertEquals(Optional.of(spec), store().spec(spec.id()));
        assertEquals(Optional.empty(), store().state(spec.id()));
        assertEquals(Optional.of(spec), reopened().spec(spec.id(), 1));
    }

    @Test
    default void aNameBelongsToTheJobThatTookItLast() {
        apply(new Change.PutSpec(named(repeating(1), "a"), -1));
        apply(new Change.PutSpec(named(repeating(2), "a"), -1));
        assertEquals(Optional.of(repeating(2)), store().named("default", "a"));
        assertEquals(Optional.empty(), store().named("other", "a"));
        assertEquals(Optional.empty(), store().named("default", "A"));
        apply(new Change.RemoveJob(repeating(1)));
        assertEquals(Optional.of(repeating(2)), store().named("default", "a"));
        apply(new Change.RemoveJob(repeating(2)));
        assertEquals(Optional.empty(), store().named("default", "a"));
        apply(new Change.PutSpec(named(repeating(3), "a"), -1));
        assertEquals(Optional.of(repeating(3)), store().named("default", "a"));
    }

    @Test
    default void aRemovedJobTakesGenerationsStateAndLedgerAlong() {
        JobSpec spec = named(repeating(1), "a");
        JobSpec once = once(oneOff(1), T0);
        apply(
                new Change.PutSpec(spec, -1),
                new Change.PutSpec(Samples.edited(spec, 2), -1),
                new Change.PutState(Samples.next(spec.id(), T0)),
                new Change.PutLedger(line(spec.id(), 10, 20)),
                new Change.PutSpec(once, T0),
                new Change.PutSpec(named(repeating(2), "b"), -1));
        apply(new Change.RemoveJob(spec.id()), new Change.RemoveJob(once.id()));
        assertEquals(Optional.empty(), store().spec(spec.id()));
        assertEquals(Optional.empty(), store().spec(spec.id(), 1));
        assertEquals(Optional.empty(), store().state(spec.id()));
        assertEquals(Optional.empty(), store().ledgerAtOrBefore(spec.id(), 100));
        assertEquals(Optional.empty(), store().spec(once.id()));
        assertEquals(Optional.of(repeating(2)), store().named("default", "b"));
    }

    @Test
    default void openRunsComeByRunId() {
        JobId job = repeating(5);
        Run manual = manual(job, T0 + 1_000, 2);
        apply(
                new Change.PutRun(ready(job, T0 + 2_000)),
                new Change.PutRun(manual),
                new Change.PutRun(Samples.leased(job, T0 + 1_000, 3)),
                new Change.PutRun(manual(job, T0 + 1_000, 1)),
                new Change.PutRun(ready(repeating(4), T0)),
                new Change.PutRun(ready(repeating(6), T0)));
        List<RunId> expected = List.of(
                RunId.scheduled(job, T0 + 1_000),
                new RunId(job, T0 + 1_000, RunKind.MANUAL, 1),
                manual.id(),
                RunId.scheduled(job, T0 + 2_000));
        assertEquals(expected, store().openRuns(job).stream().map(Run::id).toList());
        Set<RunId> all = new HashSet<>();
        store().openRuns(run -> all.add(run.id()));
        assertEquals(6, all.size());
        apply(new Change.RemoveRun(manual.id()));
        assertEquals(3, store().openRuns(job).size());
    }

    @Test
    default void theLedgerFindsItsNeighbours() {
        JobId job = repeating(1);
        LedgerLine early = line(job, 10, 20);
        LedgerLine late = line(job, 40, 40);
        apply(
                new Change.PutLedger(late),
                new Change.PutLedger(early),
                new Change.PutLedger(line(repeating(2), 30, 30)));
        assertEquals(Optional.empty(), store().ledgerAtOrBefore(job, 9));
        assertEquals(Optional.of(early), store().ledgerAtOrBefore(job, 10));
        assertEquals(Optional.of(early), store().ledgerAtOrBefore(job, 39));
        assertEquals(Optional.of(late), store().ledgerAtOrBefore(job, Long.MAX_VALUE));
        assertEquals(Optional.of(early), store().ledgerAfter(job, 9));
        assertEquals(Optional.of(late), store().ledgerAfter(job, 10));
        assertEquals(Optional.empty(), store().ledgerAfter(job, 40));
        LedgerLine longer = line(job, 10, 35);
        apply(new Change.PutLedger(longer), new Change.RemoveLedger(job, 40));
        assertEquals(Optional.of(longer), store().ledgerAtOrBefore(job, 50));
    }

    private static SubmitKey entry(JobSpec spec, long hash, long expiresMs) {
        return new SubmitKey(
                new SubmitKey.Id(
                        spec.tenant(), spec.name().name(), spec.name().key().orElseThrow()),
                spec.id(),
                hash,
                expiresMs);
    }

    @Test
    default void aKeyOutlivesItsJobsNameAndItsJob() {
        JobSpec first = Samples.keyed(repeating(1), "default", "n", "k1");
        JobSpec second = Samples.keyed(repeating(2), "default", "n", "k2");
        apply(new Change.PutSpec(first, -1), new Change.PutSubmitKey(entry(first, 0, 0)));
        assertEquals(
                Optional.of(entry(first, 0, 0)),
                reopened().submitKey(entry(first, 0, 0).id()));
        apply(new Change.PutSpec(second, -1), new Change.PutSubmitKey(entry(second, -7, 0)));
        assertEquals(Optional.of(second.id()), store().named("default", "n"));
        assertEquals(
                Optional.of(entry(first, 0, 0)),
                store().submitKey(entry(first, 0, 0).id()));
        assertEquals(
                Optional.of(entry(second, -7, 0)),
                store().submitKey(entry(second, -7, 0).id()));
        apply(new Change.RemoveJob(second.id()));
        assertEquals(
                Optional.of(entry(second, -7, 0)),
                store().submitKey(entry(second, -7, 0).id()));
    }

    @Test
    default void aKeyThatExpiredAndWasRemovedIsGoneThoughItsJobIsThere() {
        JobSpec spec = Samples.keyed(repeating(1), "default", "n", "k");
        SubmitKey.Id id = entry(spec, 1, 0).id();
        apply(new Change.PutSpec(spec, -1), new Change.PutSubmitKey(entry(spec, 1, 0)));
        apply(new Change.PutSubmitKey(entry(spec, 1, T0)));
        assertEquals(Optional.of(entry(spec, 1, T0)), store().submitKey(id));
        assertEquals(List.of(id), store().expiredSubmitKeys(T0, 10));
        apply(new Change.RemoveSubmitKey(id));
        assertEquals(Optional.empty(), store().submitKey(id));
        assertEquals(Optional.of(spec), store().spec(spec.id()));
        JobSpec next = Samples.keyed(repeating(2), "default", "n", "k");
        apply(new Change.PutSubmitKey(entry(spec, 1, T0)));
        reopened();
        apply(new Change.PutSpec(next, -1), new Change.PutSubmitKey(entry(next, 2, 0)));
        assertEquals(Optional.of(entry(next, 2, 0)), store().submitKey(id));
        assertEquals(List.of(), store().expiredSubmitKeys(T0, 10));
    }

    @Test
    default void aKeyStaysWhenItsJobIsWrittenAgain() {
        JobSpec spec = Samples.keyed(repeating(1), "default", "n", "k");
        SubmitKey key = entry(spec, 1L << 63, 0);
        apply(new Change.PutSpec(spec, -1), new Change.PutSubmitKey(key));
        apply(new Change.PutSpec(spec, -1));
        assertEquals(Optional.of(key), store().submitKey(key.id()));
        JobSpec other = Samples.keyed(repeating(2), "default", "m", "k");
        apply(
                new Change.PutSpec(other, -1),
                new Change.PutSubmitKey(entry(other, 3, 0)),
                new Change.PutSpec(Samples.keyed(repeating(3), "default", "m", "l"), -1));
        assertEquals(
                Optional.of(entry(other, 3, 0)),
                store().submitKey(entry(other, 3, 0).id()));
    }

    @Test
    default void removalsRemove() {
        Run dead = Samples.dead(repeating(1), T0, T0 + 1);
        SubmitKey key = new SubmitKey(new SubmitKey.Id("default", Optional.empty(), "k"), repeating(1), 1, 5);
        apply(
                new Change.PutDead(Samples.letter(dead)),
                new Change.PutSubmitKey(key),
                new Change.PutRequest(new RequestAnswer("r", 1, 1, List.of())));
        assertEquals(Optional.of(key), store().submitKey(key.id()));
        assertEquals(
                Optional.empty(),
                store().submitKey(new SubmitKey.Id("default", Optional.of("n"), "k")),
                "a key belongs to its name");
        apply(
                new Change.RemoveDead(dead.id()),
                new Change.RemoveSubmitKey(key.id()),
                new Change.RemoveRequest("r"),
                new Change.RemoveRun(dead.id()));
        assertEquals(Optional.empty(), store().dead(dead.id()));
        assertEquals(Optional.empty(), store().submitKey(key.id()));
        assertEquals(Optional.empty(), store().request("r"));
    }

    private static LedgerLine line(JobId job, long fromMs, long toMs) {
        return new LedgerLine(job, fromMs, toMs, 2, RunState.SKIPPED, Optional.of("overlap"));
    }

    private static Run manual(JobId job, long nominalMs, int number) {
        return ready(new RunId(job, nominalMs, RunKind.MANUAL, number));
    }
}
