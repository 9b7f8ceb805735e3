package dev.kalends.rehearsal;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.JobId;
import dev.kalends.job.Lease;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Finished;
import dev.kalends.partition.Reply;
import dev.kalends.time.VirtualClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The workers of a rehearsal: they claim, renew and report as real ones do; to execute is to let time pass.
 *
 * <p>One claim waits at a time, for all free slots. While none serves, executions go on and their reports wait.
 */
final class SimulatedCrew {
    private static final String NAME = "rehearsal";
    /** Claims may wait for long here: coming back costs a step, and nobody else waits. */
    private static final long PARK_MS = 3_600_000;

    private static final long RENEW_EVERY_MS = RehearsedNode.SETTINGS.runTtlMs() / 3;

    private final VirtualClock clock;
    private final RehearsedNode node;
    private final int slots;
    private final List<String> queues;
    private final Function<JobId, Execution.Script> scripts;
    private final Map<RunId, Execution> executing = new LinkedHashMap<>();
    /** By when they end; some of them were stopped before. */
    private final PriorityQueue<Execution> byEnd = new PriorityQueue<>(Comparator.comparingLong(Execution::endMs)
            .thenComparing(execution -> execution.run().id()));

    private Optional<CompletableFuture<Reply>> claim = Optional.empty();
    private final List<CompletableFuture<Reply>> renewals = new ArrayList<>();
    private long renewAtMs;

    /**
     * A crew that is idle.
     *
     * @param scripts how long runs of a job take, and how they end
     */
    SimulatedCrew(
            VirtualClock clock,
            RehearsedNode node,
            int slots,
            List<String> queues,
            Function<JobId, Execution.Script> scripts) {
        this.clock = clock;
        this.node = node;
        this.slots = slots;
        this.queues = queues;
        this.scripts = scripts;
    }

    /** Takes over a run that was executing when the rehearsal began. */
    void adopt(Run run) {
        long sinceMs = Math.max(
                run.times().startedMs(), run.lease().map(Lease::grantedMs).orElse(0L));
        begin(run, Math.min(sinceMs, clock.nowMs()));
    }

    /** The process ends, and all that it executed with it. */
    void die() {
        executing.clear();
        byEnd.clear();
        claim = Optional.empty();
        renewals.clear();
    }

    /** Does what is to be done at this moment; returns whether there was anything. */
    boolean work() {
        boolean worked = takeGrants();
        if (node.serves()) {
            worked |= heedRenewals();
            worked |= reportFinished();
            worked |= renew();
            worked |= claimMore();
        }
        return worked;
    }

    /** When something is to be done next, unless an answer comes. */
    long nextMs() {
        Optional<Execution> first = firstToEnd();
        return first.map(execution -> Math.min(renewAtMs, execution.endMs())).orElse(Long.MAX_VALUE);
    }

    private boolean takeGrants() {
        if (claim.isEmpty() || !claim.get().isDone()) {
            return false;
        }
        CompletableFuture<Reply> answer = claim.get();
        claim = Optional.empty();
        if (!answer.isCompletedExceptionally() && answer.join() instanceof Reply.Claimed claimed) {
            claimed.grants().forEach(grant -> begin(grant.run(), clock.nowMs()));
        }
        return true;
    }

    private void begin(Run run, long startedMs) {
        if (executing.isEmpty()) {
            renewAtMs = clock.nowMs() + RENEW_EVERY_MS;
        }
        Execution.Script script = scripts.apply(run.id().job());
        Execution execution = new Execution(run, startedMs, script);
        executing.put(run.id(), execution);
        byEnd.add(execution);
    }

    private Optional<Execution> firstToEnd() {
        Execution first = byEnd.peek();
        while (first != null && !goesOn(first)) {
            byEnd.remove();
            first = byEnd.peek();
        }
        return Optional.ofNullable(first);
    }

    /** Whether an execution was not stopped: another attempt at the same run has another token. */
    private boolean goesOn(Execution execution) {
        return Optional.ofNullable(executing.get(execution.run().id()))
                .filter(current -> current.token() == execution.token())
                .isPresent();
    }

    private boolean claimMore() {
        int free = slots - executing.size();
        if (claim.isPresent() || free < 1) {
            return false;
        }
        claim = Optional.of(node.claim(new Command.Claim(NAME, queues, free), PARK_MS));
        return true;
    }

    private boolean reportFinished() {
        boolean any = false;
        for (Optional<Execution> first = firstToEnd();
                first.isPresent() && first.get().endMs() <= clock.nowMs();
                first = firstToEnd()) {
            executing.remove(first.get().run().id());
            report(first.get(), first.get().script().end());
            any = true;
        }
        return any;
    }

    private void report(Execution execution, AttemptEnd end) {
        Run run = execution.run();
        Lease lease = run.lease().orElseThrow();
        boolean succeeded = end == AttemptEnd.SUCCEEDED;
        CompletableFuture<Reply> _ = node.ask(new Command.Report(
                lease.worker(),
                List.of(new Finished(
                        run.id(),
                        run.series(),
                        run.attempt(),
                        lease.token(),
                        end,
                        execution.startedMs(),
                        clock.nowMs(),
                        Optional.of(succeeded ? 0 : 1),
                        succeeded ? Optional.empty() : Optional.of("as rehearsed"),
                        0))));
    }

    private boolean renew() {
        if (executing.isEmpty() || clock.nowMs() < renewAtMs) {
            return false;
        }
        renewAtMs = clock.nowMs() + RENEW_EVERY_MS;
        Map<String, List<Command.Held>> heldByWorker = new LinkedHashMap<>();
        for (Execution execution : executing.values()) {
            Lease lease = execution.run().lease().orElseThrow();
            heldByWorker
                    .computeIfAbsent(lease.worker(), _ -> new ArrayList<>())
                    .add(new Command.Held(execution.run().id(), lease.token(), execution.startedMs()));
        }
        heldByWorker.forEach((worker, held) -> renewals.add(node.ask(new Command.Renew(worker, held))));
        return true;
    }

    /** Stops what is asked to stop, and what is not held any more. */
    private boolean heedRenewals() {
        for (CompletableFuture<Reply> answer : renewals) {
            boolean answered = answer.isDone() && !answer.isCompletedExceptionally();
            if (answered && answer.join() instanceof Reply.Renewed renewed) {
                renewed.lost().forEach(executing::remove);
                renewed.cancel()
                        .forEach(run -> Optional.ofNullable(executing.remove(run))
                                .ifPresent(execution -> report(execution, AttemptEnd.CANCELLED)));
            }
        }
        return renewals.removeIf(CompletableFuture::isDone);
    }
}
