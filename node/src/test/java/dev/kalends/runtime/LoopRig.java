package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.lease.Coordination;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.LocalCoordination;
import dev.kalends.memory.MemoryStore;
import dev.kalends.partition.Command;
import dev.kalends.partition.Finished;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.testing.FakeJournal;
import dev.kalends.testing.FaultyStore;
import dev.kalends.testing.Recipe;
import dev.kalends.testing.Recount;
import dev.kalends.testing.Samples;
import dev.kalends.time.VirtualClock;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A partition's loop in a test that moves the clock and does the work, with every port faked. */
final class LoopRig {
    static final long T0 = Samples.T0;
    static final long SECOND = 1_000;
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final LoopSettings SETTINGS = LoopSettings.DEFAULT;
    private static final int STEPS_MAX = 10_000;

    final VirtualClock clock = new VirtualClock(T0);
    final MemoryStore store = new MemoryStore(Samples.PARTITION);
    /** The same store, as the loop sees it. */
    final FaultyStore faulty = new FaultyStore(store);

    final Meters meters = new Meters(1_000);
    final EventRing events = new EventRing(0);
    LocalRunQueue queue = new LocalRunQueue();
    final LocalCoordination coordination = new LocalCoordination();
    /** How long ago this node's right to lead was last confirmed, as the loop is told. */
    long confirmedAgoMs;

    FakeJournal journal = new FakeJournal(0);
    PartitionLoop loop;
    private int requests;

    LoopRig() {
        coordination.join(new Member("n1", ""));
        coordination.tryOwn(Samples.PARTITION);
        loop = newLoop();
        work();
    }

    private PartitionLoop newLoop() {
        return new PartitionLoop(new LoopParts(
                Samples.PARTITION,
                SETTINGS,
                clock.wall(),
                clock.monotonic(),
                journal,
                faulty.store(),
                queue,
                told(),
                meters,
                events));
    }

    private Coordination told() {
        return (Coordination) Proxy.newProxyInstance(
                Coordination.class.getClassLoader(),
                new Class<?>[] {Coordination.class},
                (_, method, args) ->
                        method.getName().equals("confirmedAgoMs") ? confirmedAgoMs : method.invoke(coordination, args));
    }

    /** Does all there is to do at this moment. */
    LoopRig work() {
        int steps = 0;
        while (loop.doWork()) {
            assertTrue(steps++ < STEPS_MAX, "the loop comes to rest");
        }
        return this;
    }

    /** Lets time pass, going from one moment at which something is to be done to the next. */
    LoopRig pass(long ms) {
        long endMs = clock.monotonic().nowNs() / 1_000_000 + ms;
        work();
        for (long leftMs = ms; leftMs > 0; leftMs = endMs - clock.monotonic().nowNs() / 1_000_000) {
            long idleMs = Math.max(1, (loop.idleNs() + 999_999) / 1_000_000);
            clock.advance(Math.min(idleMs, leftMs));
            work();
        }
        return this;
    }

    /** The process dies and another one starts on what the store has. */
    LoopRig restart() {
        reborn();
        return work();
    }

    /** The same, before the new one has done anything. */
    PartitionLoop reborn() {
        journal = new FakeJournal(store.position());
        store.restart();
        queue = new LocalRunQueue();
        loop = newLoop();
        return loop;
    }

    /** All open runs. */
    List<Run> allOpen() {
        List<Run> runs = new ArrayList<>();
        store.openRuns(runs::add);
        return runs;
    }

    String requestId() {
        return "r" + ++requests;
    }

    /** Asks, works, and returns what was answered. */
    Reply ask(Command command) {
        CompletableFuture<Reply> answer = loop.ask(command);
        work();
        assertTrue(answer.isDone(), () -> "answered: " + command);
        return answer.join();
    }

    JobId submit(Recipe recipe) {
        return submit(requestId(), recipe);
    }

    JobId submit(String requestId, Recipe recipe) {
        Reply reply = ask(new Command.Submit(requestId, 1, List.of(recipe.draft())));
        return assertInstanceOf(Reply.Submitted.class, reply)
                .lines()
                .getFirst()
                .job()
                .orElseThrow();
    }

    CompletableFuture<Reply> park(int free, long waitMs) {
        CompletableFuture<Reply> answer = loop.claim(new Command.Claim("w1", List.of("default"), free), waitMs);
        work();
        return answer;
    }

    List<Run> claim(int free) {
        return granted(ask(new Command.Claim("w1", List.of("default"), free)));
    }

    static List<Run> granted(Reply reply) {
        return assertInstanceOf(Reply.Claimed.class, reply).grants().stream()
                .map(Reply.Granted::run)
                .toList();
    }

    Reply.Renewed renew(Run run) {
        Command.Held held = new Command.Held(run.id(), run.lease().orElseThrow().token(), clock.nowMs());
        return assertInstanceOf(Reply.Renewed.class, ask(new Command.Renew("w1", List.of(held))));
    }

    Reply.Verdict succeed(Run run) {
        Reply reply = ask(report(run));
        return assertInstanceOf(Reply.Reported.class, reply).verdicts().getFirst();
    }

    Command.Report report(Run run) {
        return new Command.Report(
                "w1",
                List.of(new Finished(
                        run.id(),
                        run.series(),
                        run.attempt(),
                        run.lease().orElseThrow().token(),
                        AttemptEnd.SUCCEEDED,
                        clock.nowMs(),
                        clock.nowMs(),
                        Optional.of(0),
                        Optional.empty(),
                        0)));
    }

    List<Run> open(JobId job) {
        return store.openRuns(job);
    }

    /** The code that an answer failed with. */
    static ErrorCode failure(CompletableFuture<Reply> answer) {
        assertTrue(answer.isCompletedExceptionally(), () -> "failed: " + answer);
        return assertInstanceOf(
                        ApiException.class,
                        answer.handle((_, why) -> why instanceof CompletionException ? why.getCause() : why)
                                .join())
                .code();
    }

    void checkCounters() {
        Recount.check(store.reader());
    }
}
