package dev.kalends.partition;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Store;
import dev.kalends.memory.MemoryStore;
import dev.kalends.testing.Recipe;
import dev.kalends.testing.Recount;
import dev.kalends.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A partition without a loop, to test decisions with: each call decides one command and applies what it decided.
 *
 * <p>After every command the counters are recounted and the ledger is held against the schedules.
 */
final class Partition {
    static final long SECOND = 1_000;
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    /** 2026-03-01T00:00:00Z. */
    static final long T0 = Samples.T0;

    final MemoryStore store = new MemoryStore(Samples.PARTITION);
    final List<Effect> effects = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    private Workspace workspace;
    private Decider decider;
    private long nowMs = T0;
    private long servingSinceMs = T0;
    private int requests;

    Partition() {
        workspace = new Workspace(store, new ReadyRuns());
        decider = new Decider(workspace);
    }

    long now() {
        return nowMs;
    }

    /** Lets time pass; nothing fires. */
    Partition advance(long ms) {
        nowMs += ms;
        return this;
    }

    /** The leader is away for a while; afterwards another one serves, made from the store. */
    Partition down(long ms) {
        nowMs += ms;
        servingSinceMs = nowMs;
        ReadyRuns ready = new ReadyRuns();
        List<Run> open = new ArrayList<>();
        store.openRuns(open::add);
        ready.restore(open, run -> store.spec(run.id().job(), run.generation()));
        workspace = new Workspace(store, ready);
        decider = new Decider(workspace);
        return this;
    }

    /** Decides a command and applies it. */
    Reply decide(Command command) {
        Reply reply = decider.decide(command, new Moment(nowMs, servingSinceMs, Samples.PARTITION));
        apply();
        return reply;
    }

    /** Decides commands in one batch. */
    List<Reply> together(Command... commands) {
        List<Reply> replies = new ArrayList<>();
        for (Command command : commands) {
            replies.add(decider.decide(command, new Moment(nowMs, servingSinceMs, Samples.PARTITION)));
        }
        apply();
        return replies;
    }

    private void apply() {
        Workspace.Taken taken = workspace.take();
        effects.clear();
        effects.addAll(taken.effects());
        changes.clear();
        changes.addAll(taken.changes());
        if (!changes.isEmpty()) {
            store.apply(new Batch(Samples.PARTITION, 1, nowMs, changes), store.position() + 1);
        }
        Recount.check(store.reader());
        LedgerCover.check(store.reader());
    }

    String requestId() {
        return "r" + ++requests;
    }

    /** Submits a job that must be accepted. */
    JobId submit(Recipe recipe) {
        Reply.Line line = submitLine(recipe);
        assertTrue(line.refused().isEmpty(), () -> "refused: " + line);
        return line.job().orElseThrow();
    }

    Reply.Line submitLine(Recipe recipe) {
        Command.Submit submit = new Command.Submit(requestId(), 7, List.of(recipe.draft()));
        return assertInstanceOf(Reply.Submitted.class, decide(submit)).lines().getFirst();
    }

    void fire(JobId job) {
        decide(new Command.Fire(job));
    }

    /** Fires and wakes everything that is due now, in order, as often as it takes. */
    Partition fireDue() {
        List<Command> due = due();
        while (!due.isEmpty()) {
            due.forEach(this::decide);
            due = due();
        }
        return this;
    }

    private List<Command> due() {
        store.cascade(nowMs, Integer.MAX_VALUE);
        List<Command> due = new ArrayList<>();
        store.due(0, nowMs + 1, new Store.DueSink() {
            @Override
            public void job(long dueMs, JobId job) {
                Optional<JobState> state = store.state(job);
                boolean fires = state.map(found ->
                                found.wakeMs().filter(wakeMs -> wakeMs <= nowMs).isPresent())
                        .orElseGet(() -> store.spec(job).isPresent()
                                && store.openRuns(job).isEmpty());
                if (fires) {
                    due.add(new Command.Fire(job));
                }
            }

            @Override
            public void run(long dueMs, RunId run) {
                if (store.run(run)
                        .filter(found -> found.state() == RunState.RETRYING && found.wakeMs() <= nowMs)
                        .isPresent()) {
                    due.add(new Command.Wake(run));
                }
            }
        });
        return due.stream().distinct().toList();
    }

    /** Lets time pass in steps, firing what is due. */
    Partition run(long ms, long stepMs) {
        for (long passed = 0; passed < ms; passed += stepMs) {
            advance(stepMs).fireDue();
        }
        return this;
    }

    List<Reply.Granted> claim(int free) {
        return claim("w1", free, "default");
    }

    List<Reply.Granted> claim(String worker, int free, String... queues) {
        Reply reply = decide(new Command.Claim(worker, List.of(queues), free));
        return assertInstanceOf(Reply.Claimed.class, reply).grants();
    }

    /** Claims the one run that must be waiting. */
    Run claimOne() {
        List<Reply.Granted> grants = claim(1);
        assertTrue(!grants.isEmpty(), "a run waits to be claimed");
        return grants.getFirst().run();
    }

    Reply.Verdict report(Run run, AttemptEnd end, int exitCode) {
        return report(run, "w1", run.lease().orElseThrow().token(), end, exitCode);
    }

    Reply.Verdict report(Run run, String worker, long token, AttemptEnd end, int exitCode) {
        Finished finished = new Finished(
                run.id(),
                run.series(),
                run.attempt(),
                token,
                end,
                nowMs,
                nowMs,
                Optional.of(exitCode),
                end == AttemptEnd.SUCCEEDED ? Optional.empty() : Optional.of("exit " + exitCode),
                0);
        Reply reply = decide(new Command.Report(worker, List.of(finished)));
        return assertInstanceOf(Reply.Reported.class, reply).verdicts().getFirst();
    }

    Reply.Verdict succeed(Run run) {
        return report(run, AttemptEnd.SUCCEEDED, 0);
    }

    Reply.Verdict fail(Run run) {
        return report(run, AttemptEnd.FAILED, 1);
    }

    void lose(Run run) {
        decide(new Command.LeaseExpired(run.id(), run.lease().orElseThrow().token()));
    }

    /** Claims and fails the run, wakes it, until it has ended. */
    void exhaust(RunId id) {
        while (store.run(id).isPresent()) {
            Run run = store.run(id).get();
            if (run.state() == RunState.RETRYING) {
                nowMs = Math.max(nowMs, run.wakeMs());
                decide(new Command.Wake(id));
            } else {
                fail(claimOne());
            }
        }
    }

    Reply cancel(JobId job, Command.Stop stop) {
        return decide(new Command.Cancel(requestId(), job, stop));
    }

    Reply trigger(JobId job) {
        return decide(new Command.Trigger(requestId(), job, Command.Force.HEED));
    }

    List<Run> open(JobId job) {
        return store.openRuns(job);
    }

    Run open(JobId job, int index) {
        return store.openRuns(job).get(index);
    }

    Optional<JobPhase> phase(JobId job) {
        return store.state(job).map(JobState::phase);
    }

    RunState ended(RunId run) {
        return store.finished(run).orElseThrow().state();
    }

    /** The ledger of a job in words: {@code 60..120 x2 missed}, seconds from T0. */
    List<String> ledger(JobId job) {
        List<String> lines = new ArrayList<>();
        for (LedgerLine line : store.reader().ledger(job, 0, 1_000)) {
            lines.add((line.fromMs() - T0) / SECOND + ".." + (line.toMs() - T0) / SECOND + " x" + line.count() + " "
                    + line.verdict().word());
        }
        return lines;
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
