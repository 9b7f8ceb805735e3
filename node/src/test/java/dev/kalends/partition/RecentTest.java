package dev.kalends.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.KeyedState;
import dev.kalends.memory.MemoryStore;
import dev.kalends.testing.Samples;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept in memory says at every moment what the store says. */
final class RecentTest {
    private static final int BATCHES = 400;
    private static final int JOBS = 6;
    /** More runs of a job than are kept. */
    private static final int INSTANTS = 3 * Recent.OPEN_MAX;

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itAnswersAsTheStoreDoes(long seed) {
        Random random = new Random(seed);
        try (MemoryStore store = new MemoryStore(Samples.PARTITION)) {
            Recent recent = new Recent(store);
            long position = store.position();
            for (int batch = 0; batch < BATCHES; batch++) {
                List<Change> changes = new ArrayList<>();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    changes.add(change(random, store));
                }
                if (random.nextInt(3) == 0) {
                    recent.expect(Stream.generate(() -> job(random))
                            .limit(4)
                            .distinct()
                            .toList());
                }
                if (random.nextInt(3) > 0) {
                    ask(random, recent, store); // reads before what it reads changes
                }
                recent.landed(changes);
                store.apply(new Batch(Samples.PARTITION, 1, Samples.T0, changes), ++position);
                ask(random, recent, store);
            }
        }
    }

    @Test
    void whatCannotBeKeptIsNotReadAgainAndAgain() {
        try (MemoryStore store = new MemoryStore(Samples.PARTITION)) {
            JobId many = Samples.repeating(1);
            JobId asMany = Samples.oneOff(2);
            List<Change> changes = new ArrayList<>();
            for (JobId job : List.of(many, asMany)) {
                changes.add(new Change.PutSpec(Samples.once(job, Samples.T0), Samples.T0));
                for (int i = 0; i <= Recent.OPEN_MAX; i++) {
                    changes.add(new Change.PutRun(Samples.ready(job, Samples.T0 + i)));
                }
            }
            store.apply(new Batch(Samples.PARTITION, 1, Samples.T0, changes), 1);
            List<Object> read = new ArrayList<>();
            Recent recent = new Recent(noting(store, read));
            recent.expect(List.of(many, many, asMany, many));
            recent.expect(List.of(many, asMany));
            assertEquals(List.of(List.of(many, asMany)), read);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobThatIsOverIsNotKept(boolean stateFirst) {
        try (MemoryStore store = new MemoryStore(Samples.PARTITION)) {
            JobId over = Samples.oneOff(1);
            JobId goesOn = Samples.repeating(2);
            List<Change> before = new ArrayList<>();
            List<Change> end = new ArrayList<>();
            for (JobId job : List.of(over, goesOn)) {
                before.add(new Change.PutSpec(Samples.once(job, Samples.T0), Samples.T0));
                before.add(new Change.PutRun(Samples.leased(job, Samples.T0, 1)));
                JobState next = Samples.next(job, Samples.T0 + 1_000);
                JobState state = job.equals(over) ? next.over(JobPhase.FINISHED, Samples.T0) : next;
                end.add(new Change.PutState(state));
                end.add(
                        stateFirst ? end.size() : end.size() - 1,
                        new Change.RemoveRun(RunId.scheduled(job, Samples.T0)));
            }
            store.apply(new Batch(Samples.PARTITION, 1, Samples.T0, before), 1);
            List<Object> read = new ArrayList<>();
            Recent recent = new Recent(noting(store, read));
            recent.expect(List.of(over, goesOn));
            read.clear();
            recent.landed(end);
            store.apply(new Batch(Samples.PARTITION, 1, Samples.T0, end), 2);
            JobId other = Samples.oneOff(3);
            recent.expect(List.of(over, goesOn, other));
            assertEquals(List.of(List.of(over, other)), read);
        }
    }

    /** The store, with a note of each reading of many jobs. */
    private static KeyedState noting(MemoryStore store, List<Object> read) {
        return (KeyedState) Proxy.newProxyInstance(
                KeyedState.class.getClassLoader(), new Class<?>[] {KeyedState.class}, (_, method, args) -> {
                    if (method.getName().equals("records")) {
                        read.add(args[0]);
                    }
                    return method.invoke(store, args);
                });
    }

    private static JobId job(Random random) {
        int number = random.nextInt(JOBS);
        return number % 2 == 0 ? Samples.repeating(number) : Samples.oneOff(number);
    }

    private static long instant(Random random) {
        return Samples.T0 + 1_000L * random.nextInt(INSTANTS);
    }

    private static Change change(Random random, MemoryStore store) {
        JobId job = job(random);
        RunId run = RunId.scheduled(job, instant(random));
        int next = store.spec(job).map(spec -> spec.generation() + 1).orElse(1);
        return switch (random.nextInt(42)) {
            case 40, 41 -> new Change.PutSlot(random.nextInt(JOBS), random.nextInt(1_000));
            case 0, 1 ->
                new Change.PutSpec(
                        next == 1
                                ? Samples.once(job, instant(random))
                                : Samples.edited(Samples.once(job, instant(random)), next),
                        instant(random));
            case 2 -> new Change.RemoveJob(job);
            case 3, 4 -> new Change.PutState(Samples.next(job, instant(random)));
            case 5 ->
                new Change.PutState(Samples.next(job, instant(random))
                        .over(random.nextBoolean() ? JobPhase.FINISHED : JobPhase.CANCELLED, instant(random)));
            case 6, 7, 8, 9, 10, 11 -> new Change.RemoveRun(run);
            case 12, 13, 14, 15 -> new Change.PutLedger(line(job, instant(random), random));
            case 16, 17 -> new Change.RemoveLedger(job, instant(random));
            default ->
                new Change.PutRun(
                        random.nextBoolean()
                                ? Samples.ready(job, run.nominalMs())
                                : Samples.leased(job, run.nominalMs(), random.nextInt(100)));
        };
    }

    private static LedgerLine line(JobId job, long fromMs, Random random) {
        long count = 1L + random.nextInt(3);
        return new LedgerLine(job, fromMs, fromMs + 1_000 * (count - 1), count, RunState.SUCCEEDED, Optional.empty());
    }

    private static void ask(Random random, Recent recent, MemoryStore store) {
        JobId job = job(random);
        RunId run = RunId.scheduled(job, instant(random));
        long atMs = instant(random);
        int generation = 1 + random.nextInt(4);
        switch (random.nextInt(9)) {
            case 8 -> assertEquals(store.nextSequence(generation), recent.nextSequence(generation));
            case 0 -> assertEquals(store.spec(job), recent.spec(job));
            case 1 -> assertEquals(store.spec(job, generation), recent.spec(job, generation));
            case 2 -> {
                Optional<JobState> state = store.state(job);
                assertEquals(state, recent.state(job));
            }
            case 3, 4 -> assertEquals(store.run(run), recent.run(run));
            case 5 -> assertEquals(store.openRuns(job), recent.openRuns(job));
            case 6 -> assertEquals(store.ledgerAtOrBefore(job, atMs), recent.ledgerAtOrBefore(job, atMs));
            default -> assertEquals(store.ledgerAfter(job, atMs), recent.ledgerAfter(job, atMs));
        }
    }
}
