package dev.kalends.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.journal.EmbeddedJournal;
import dev.kalends.journal.StoreReader;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.LocalCoordination;
import dev.kalends.partition.Command;
import dev.kalends.partition.Finished;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionLoop;
import dev.kalends.sqlite.Durability;
import dev.kalends.sqlite.SqliteStore;
import dev.kalends.testing.Recipe;
import dev.kalends.testing.Samples;
import dev.kalends.time.VirtualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a rehearsal foretells is what then happens: the same jobs live through the same outages on a real store, with
 * the node's own settings and a worker of this test.
 */
final class AgreementTest {
    private static final long T0 = Samples.T0;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    private static final long TAKES_MS = 40;
    /** Enough for all: which of the runs that became ready at one moment is claimed first, no store promises. */
    private static final int SLOTS = 60;

    private static final long NS_A_MS = 1_000_000;

    private final VirtualClock clock = new VirtualClock(T0);
    private final Path file;
    private SqliteStore store;
    private PartitionLoop loop;
    private final List<Executing> executing = new ArrayList<>();
    private Optional<CompletableFuture<Reply>> claim = Optional.empty();

    private record Executing(Run run, long startedMs) {}

    AgreementTest(@TempDir Path directory) {
        file = directory.resolve("partition.db");
        SqliteStore.create(file, Samples.PARTITION);
        store = SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL);
        loop = serving();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private PartitionLoop serving() {
        LocalCoordination coordination = new LocalCoordination();
        coordination.join(new Member("n1", ""));
        coordination.tryOwn(Samples.PARTITION);
        return new PartitionLoop(new LoopParts(
                Samples.PARTITION,
                LoopSettings.DEFAULT,
                clock.wall(),
                clock.monotonic(),
                new EmbeddedJournal(Samples.PARTITION, store.position()),
                store,
                new LocalRunQueue(),
                coordination,
                new Meters(SECOND),
                new EventRing(0)));
    }

    private static List<Recipe> recipes() {
        List<Recipe> recipes = new ArrayList<>();
        for (CatchUp catchUp : CatchUp.values()) {
            recipes.add(Recipe.every(SECOND).catchUp(catchUp));
            recipes.add(Recipe.cron("*/7 * * * * *").catchUp(catchUp).overlap(Overlap.QUEUE));
            recipes.add(Recipe.cron("* * * * *").catchUp(catchUp).overlap(Overlap.ALLOW));
            recipes.add(Recipe.cron("*/2 * * * *").catchUp(catchUp).splay(20 * SECOND));
        }
        for (int i = 1; i < 12; i++) {
            recipes.add(Recipe.in(31 * SECOND * i));
            recipes.add(Recipe.in(29 * SECOND * i).deadline(45 * SECOND));
        }
        return recipes;
    }

    @Test
    void outagesAndALostLeaderEndAsForetold() {
        List<Course.Outage> outages = List.of(
                new Course.Outage(T0 + 2 * MINUTE + 500, T0 + 5 * MINUTE + 500),
                new Course.Outage(T0 + 7 * MINUTE + 10, T0 + 7 * MINUTE + 4_700));
        long killMs = T0 + 8 * MINUTE + 20;
        Course course = new Course(T0, T0 + 10 * MINUTE, outages, List.of(killMs));
        List<JobId> jobs = submit();
        work();
        List<Subject> subjects = jobs.stream().map(this::subject).toList();
        Report foretold = Rehearsal.of(
                new Scenario(subjects, List.of(), Scenario.Orders.NONE, course, new Scenario.Crew(SLOTS, TAKES_MS)));

        for (Course.Outage outage : outages) {
            live(outage.fromMs());
            loop.close();
            store.close();
            executing.clear();
            claim = Optional.empty();
            clock.advanceTo(outage.toMs());
            store = SqliteStore.open(file, Samples.PARTITION, Durability.NORMAL);
            loop = serving();
        }
        live(killMs);
        loop.close();
        claim = Optional.empty();
        clock.advanceTo(killMs + Course.TAKEOVER_MS);
        loop = serving();
        live(course.endMs());

        StoreReader reader = store.reader();
        long missed = 0;
        for (int i = 0; i < jobs.size(); i++) {
            Finding finding = foretold.jobs().get(i);
            Lived lived = Lived.of(reader, jobs.get(i));
            String job = "job=" + finding.spec();
            assertEquals(lived.verdicts(), finding.verdicts(), job);
            assertEquals(lived.inTime(), finding.started().inTime(), job);
            assertEquals(lived.caughtUp(), finding.started().caughtUp(), job);
            assertEquals(lived.retries(), finding.started().retries(), job);
            assertEquals(lived.open(), finding.open(), job);
            missed += finding.counts().missed();
        }
        assertTrue(missed > 200, "the outages were felt; missed=" + missed);
        assertTrue(foretold.started().caughtUp().count() > 200, "much was made up for");
        assertTrue(
                foretold.jobs().stream()
                                .mapToLong(job -> job.started().retries())
                                .sum()
                        > 0,
                "a run was lost with its process");
        assertTrue(foretold.counts().skipped() > 0, "an overlap was skipped");
    }

    /** What really became of a job, read from its ledger and history. */
    private record Lived(List<LedgerLine> verdicts, Starts inTime, Starts caughtUp, long retries, long open) {
        static Lived of(StoreReader reader, JobId job) {
            List<LedgerLine> verdicts = new ArrayList<>(reader.ledger(job, 0, 10_000));
            Starts inTime = Starts.NONE;
            Starts caughtUp = Starts.NONE;
            long retries = 0;
            List<Run> runs = new ArrayList<>(reader.history(job, Long.MAX_VALUE, 100_000));
            runs.addAll(reader.openRuns(job));
            runs.sort(Comparator.comparingLong(run -> run.times().startedMs()));
            for (Run run : runs) {
                if (!reader.job(job).orElseThrow().spec().schedule().repeats()
                        && run.state().isTerminal()) {
                    long at = run.id().nominalMs();
                    verdicts.add(new LedgerLine(job, at, at, 1, run.state(), missed(run)));
                }
                long attempts = (long) run.attempts().size() + (run.lease().isPresent() ? 1 : 0);
                if (attempts > 0 && run.marks().catchUp()) {
                    caughtUp = caughtUp.and(firstStartMs(run), run.times().dueMs());
                } else if (attempts > 0) {
                    inTime = inTime.and(firstStartMs(run), run.times().dueMs());
                }
                retries += Math.max(0, attempts - 1);
            }
            return new Lived(
                    verdicts, inTime, caughtUp, retries, reader.openRuns(job).size());
        }

        private static Optional<String> missed(Run run) {
            return run.reason().filter(_ -> run.state() == RunState.MISSED);
        }

        /** An attempt that was lost before it was heard of counts from its grant. */
        private static long firstStartMs(Run run) {
            return run.attempts().isEmpty()
                    ? run.lease().orElseThrow().grantedMs()
                    : run.attempts().getFirst().startedMs();
        }
    }

    private List<JobId> submit() {
        CompletableFuture<Reply> answer = loop.ask(new Command.Submit(
                "r1", 1, recipes().stream().map(Recipe::draft).toList()));
        work();
        return ((Reply.Submitted) answer.join())
                .lines().stream().map(line -> line.job().orElseThrow()).toList();
    }

    private Subject subject(JobId job) {
        StoreReader.JobRow row = store.reader().job(job).orElseThrow();
        return new Subject(List.of(row.spec()), row.state(), List.of(), Optional.empty(), Subject.Ending.SUCCEEDS);
    }

    /** Lives on until an instant, exclusive. */
    private void live(long untilMs) {
        work();
        while (clock.nowMs() < untilMs) {
            long nextMs = clock.nowMs() + Math.max(1, Math.ceilDiv(loop.idleNs(), NS_A_MS));
            for (Executing run : executing) {
                nextMs = Math.min(nextMs, run.startedMs() + TAKES_MS);
            }
            clock.advanceTo(Math.min(nextMs, untilMs));
            if (clock.nowMs() < untilMs) {
                work();
            }
        }
    }

    private void work() {
        boolean worked = true;
        while (worked) {
            worked = false;
            while (loop.doWork()) {
                worked = true;
            }
            worked |= worker();
        }
    }

    private boolean worker() {
        boolean worked = false;
        if (claim.isPresent() && claim.get().isDone()) {
            ((Reply.Claimed) claim.get().join())
                    .grants()
                    .forEach(grant -> executing.add(new Executing(grant.run(), clock.nowMs())));
            claim = Optional.empty();
            worked = true;
        }
        for (Executing done : List.copyOf(executing)) {
            if (done.startedMs() + TAKES_MS <= clock.nowMs()) {
                executing.remove(done);
                report(done);
                worked = true;
            }
        }
        if (claim.isEmpty() && executing.size() < SLOTS) {
            claim = Optional.of(
                    loop.claim(new Command.Claim("w1", List.of("default"), SLOTS - executing.size()), 5_000));
            worked = true;
        }
        return worked;
    }

    private void report(Executing done) {
        Run run = done.run();
        CompletableFuture<Reply> _ = loop.ask(new Command.Report(
                "w1",
                List.of(new Finished(
                        run.id(),
                        run.series(),
                        run.attempt(),
                        run.lease().orElseThrow().token(),
                        AttemptEnd.SUCCEEDED,
                        done.startedMs(),
                        clock.nowMs(),
                        Optional.of(0),
                        Optional.empty(),
                        0))));
    }
}
