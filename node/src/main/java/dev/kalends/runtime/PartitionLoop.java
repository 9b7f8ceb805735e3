package dev.kalends.runtime;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal.Outcome;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreReader;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One partition's loop: takes commands, decides them in batches, commits each batch once, then releases the replies.
 *
 * <p>Everything happens in {@link #doWork}, which does one bounded step and returns: a thread drives it in a node, a
 * simulator in tests. There is one batch in flight at a time; while it is being committed nothing else is decided, so
 * no decision ever rests on a change that might not land. Whatever goes wrong with a commit has one answer: what is in
 * memory is dropped, whoever waits is told that the outcome is unknown, and leadership is taken again from the store.
 *
 * <p>Only {@link #ask}, {@link #claim}, {@link #status}, {@link #leaseLeftMs} and {@link #reader} may be called from
 * other threads.
 */
public final class PartitionLoop implements PartitionHandle {
    private static final System.Logger LOG = System.getLogger(PartitionLoop.class.getName());
    private static final long RETRY_MS = 1_000;
    private static final long IDLE_MAX_MS = 1_000;
    private static final long NS_A_MS = 1_000_000;
    private static final String UNKNOWN_OUTCOME =
            "send the same request again with the same request id: it is answered once";

    private final LoopParts parts;
    private final Inbox inbox = new Inbox();
    private final CommitSlot commit = new CommitSlot(inbox::wake);
    private final Set<Command> quarantine = new HashSet<>();
    private Optional<Leadership> leadership = Optional.empty();
    private long retryAtNs;
    private volatile long epoch;
    private volatile Optional<Leadership> visible = Optional.empty();
    private volatile String problem = "starting";
    private volatile boolean fatal;

    public PartitionLoop(LoopParts parts) {
        this.parts = parts;
        this.retryAtNs = parts.monotonic().nowNs();
    }

    /**
     * Does one bounded step.
     *
     * @return whether there was anything to do; if not, {@link #sleep} waits for more
     */
    public boolean doWork() {
        if (fatal) {
            // What came in while the last term ended would wait for ever.
            refuseWaiting();
            return false;
        }
        try {
            if (commit.pending()) {
                return commit.outcome().map(this::settle).orElse(false);
            }
            return leadership.isPresent() ? step(leadership.get()) : takeOver();
        } catch (StoreException e) {
            stepDown(e.kind() + ": " + e.getMessage(), e);
            fatal = switch (e.kind()) {
                case FULL, NOT_AVAILABLE -> false;
                case DAMAGED, NEWER, IO -> true;
            };
        } catch (PoisonException e) {
            quarantine.add(e.command());
            stepDown(e.toString(), e);
        } catch (RuntimeException e) {
            stepDown("a decision failed: " + e, e);
        }
        return true;
    }

    /** Waits until there may be something to do; returns at once when there is. */
    public void sleep() {
        inbox.sleep(idleNs());
    }

    /** How long nothing will be to do unless a command comes, in nanoseconds. */
    public long idleNs() {
        long nowNs = parts.monotonic().nowNs();
        long mostNs = IDLE_MAX_MS * NS_A_MS;
        if (commit.pending() || fatal) {
            return mostNs;
        }
        long idleNs =
                leadership.isPresent() ? leadership.get().idleNs(parts.wall().nowMs(), nowNs) : retryAtNs - nowNs;
        return Math.clamp(idleNs, 0, mostNs);
    }

    /** Wakes {@link #sleep}. */
    public void wake() {
        inbox.wake();
    }

    private boolean takeOver() {
        long nowNs = parts.monotonic().nowNs();
        if (nowNs - retryAtNs < 0) {
            refuseWaiting();
            return false;
        }
        retryAtNs = nowNs + RETRY_MS * NS_A_MS;
        if (!parts.coordination().tryOwn(parts.partition())) {
            problem = "another node leads this partition";
            return false;
        }
        Leadership next = new Leadership(parts, quarantine);
        leadership = Optional.of(next);
        epoch = next.begin();
        send(next);
        return true;
    }

    private boolean step(Leadership leader) {
        long nowMs = parts.wall().nowMs();
        long nowNs = parts.monotonic().nowNs();
        if (!parts.coordination().trusted(parts.partition(), nowNs)) {
            stepDown("leadership is not trusted any more", null);
            return true;
        }
        boolean worked = leader.decide(inbox, nowMs, nowNs);
        if (leader.batch().isEmpty()) {
            return worked;
        }
        send(leader);
        return true;
    }

    private void send(Leadership leader) {
        leader.batch().close(parts.wall().nowMs());
        if (leader.batch().changes().isEmpty()) {
            leader.batch().release(leader);
            return;
        }
        Batch batch = new Batch(
                parts.partition(), epoch, parts.wall().nowMs(), leader.batch().changes());
        parts.journal().append(batch, commit.begin(batch));
        commit.outcome().ifPresent(this::settle);
    }

    private boolean settle(Outcome outcome) {
        Batch batch = commit.end();
        Leadership leader = leadership.orElseThrow();
        switch (outcome) {
            case Outcome.Committed committed -> {
                leader.beforeApply(batch.writtenMs());
                parts.store().apply(batch, committed.position());
                leader.committed(batch);
                if (!leader.serving()) {
                    leader.serve();
                    visible = leadership;
                    problem = "";
                }
            }
            case Outcome.NotWritten not -> stepDown("not written: " + not.why(), null);
            case Outcome.LeadershipLost lost -> stepDown("lost: " + lost.why(), null);
            case Outcome.Broken broken -> {
                stepDown("the journal is broken: " + broken.why(), null);
                fatal = true;
            }
        }
        return true;
    }

    /** Drops everything in memory and tells whoever waits that the outcome is unknown. */
    private void stepDown(String why, @Nullable Throwable cause) {
        // What the store foresees it explains in a sentence; anything else is for whoever mends the code.
        Throwable unforeseen = cause instanceof StoreException ? null : cause;
        LOG.log(Level.ERROR, "partition " + parts.partition() + " stops deciding: " + why, unforeseen);
        problem = why;
        visible = Optional.empty();
        if (commit.pending()) {
            commit.end();
        }
        leadership.ifPresent(leader -> leader.abandon(unavailable(why)));
        leadership = Optional.empty();
        retryAtNs = parts.monotonic().nowNs() + RETRY_MS * NS_A_MS;
        refuseWaiting();
    }

    private void refuseWaiting() {
        ApiException why = unavailable(problem);
        for (Optional<Inbox.Item> item = inbox.poll(); item.isPresent(); item = inbox.poll()) {
            item.get().answer().completeExceptionally(why);
        }
    }

    private ApiException unavailable(String why) {
        return new ApiException(
                ErrorCode.UNAVAILABLE,
                "partition " + parts.partition() + " cannot decide now: " + why,
                UNKNOWN_OUTCOME,
                RETRY_MS);
    }

    @Override
    public int partition() {
        return parts.partition();
    }

    @Override
    public CompletableFuture<Reply> ask(Command command) {
        return put(new Inbox.Item(command, new CompletableFuture<>(), 0));
    }

    @Override
    public CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
        return put(new Inbox.Item(claim, new CompletableFuture<>(), waitMs));
    }

    private CompletableFuture<Reply> put(Inbox.Item item) {
        if (fatal) {
            item.answer().completeExceptionally(unavailable(problem));
        } else if (!inbox.offer(item)) {
            item.answer()
                    .completeExceptionally(new ApiException(
                            ErrorCode.THROTTLED,
                            "too many commands wait; inbox=" + Inbox.CAPACITY,
                            "try again in a moment",
                            RETRY_MS));
        }
        return item.answer();
    }

    @Override
    public StoreReader reader() {
        return parts.store().reader();
    }

    @Override
    public Status status() {
        Optional<Leadership> leader = visible;
        return new Status(
                leader.isPresent(),
                epoch,
                leader.map(Leadership::pendingTimers).orElse(0),
                leader.map(Leadership::wheelLagMs).orElse(0L),
                leader.map(Leadership::decidedThroughMs).orElse(-1L),
                inbox.size(),
                leader.map(Leadership::leases).orElse(0),
                leader.map(Leadership::parked).orElse(0),
                problem);
    }

    @Override
    public OptionalLong leaseLeftMs(long token) {
        return visible.flatMap(
                        leader -> leader.leaseLeftMs(token, parts.monotonic().nowNs()))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** Whether the loop cannot go on at all, so that the node should end; {@link Status#problem} says why. */
    public boolean broken() {
        return fatal;
    }

    /** Gives the partition up and answers everybody; the loop does nothing afterwards. For the owning thread. */
    public void close() {
        stepDownQuietly();
        fatal = true;
        parts.coordination().release(parts.partition());
    }

    private void stepDownQuietly() {
        problem = "the node is stopping";
        visible = Optional.empty();
        leadership.ifPresent(leader -> leader.abandon(unavailable(problem)));
        leadership = Optional.empty();
        refuseWaiting();
    }

    /** Nanoseconds of a number of milliseconds. */
    static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
