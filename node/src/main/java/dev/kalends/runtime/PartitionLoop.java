package dev.kalends.runtime;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal.Outcome;
import dev.kalends.journal.JournalException;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreReader;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One partition's loop: follows the partition's record while another node leads it, and leads it while this node does:
 * takes commands, decides them in batches, commits each batch once, then releases the replies.
 *
 * <pre>
 *   following --owned and trusted--> beginning --barrier--> catching up --still trusted--> leading
 *       ^                                |                      |                            |
 *       +--------------------------------+----------------------+---- whatever goes wrong ---+
 * </pre>
 *
 * <p>Everything happens in {@link #doWork}, which does one bounded step and returns: a thread drives it in a node, a
 * simulator in tests. There is one batch in flight at a time; while it is being committed nothing else is decided, so
 * no decision ever rests on a change that might not land. Whatever goes wrong with a commit has one answer: what is in
 * memory is dropped, whoever waits is told that the outcome is unknown, and leadership is taken again from the record.
 *
 * <p>The order of a takeover is what makes it safe: the record is shut to earlier leaders first and read to its end
 * then, so nothing that they committed is missed; and the epoch is the barrier's position in the record, so the record
 * alone says who writes. Who <em>tries</em> is said by the coordination, and by {@link Seats}.
 *
 * <p>Only {@link #doWork}, {@link #sleep}, {@link #idleNs} and {@link #close} belong to the owning thread; all others
 * may be called from any.
 */
public final class PartitionLoop implements Replica {
    private static final System.Logger LOG = System.getLogger(PartitionLoop.class.getName());
    private static final long RETRY_MS = 1_000;
    private static final long IDLE_MAX_MS = 1_000;

    private final LoopParts parts;
    private final Inbox inbox = new Inbox();
    private final Seat seat = new Seat(inbox::wake);
    private final Entrance entrance;
    private final CommitSlot commit;
    private final Set<Command> quarantine = new HashSet<>();
    private final Applied applied;
    private final Follower follower;
    private final Rest rest;
    private final Condition condition;
    private Optional<Leadership> leadership = Optional.empty();
    private Optional<Takeover> takeover = Optional.empty();
    private long retryAtNs;
    /** A store that has no room is left alone until then. */
    private long followAtNs;

    private volatile long epoch;
    private volatile Optional<Leadership> visible = Optional.empty();
    private volatile String problem = "starting";
    private volatile boolean fatal;

    public PartitionLoop(LoopParts parts) {
        this.parts = parts;
        this.commit = new CommitSlot(parts.monotonic(), inbox::wake);
        this.entrance = new Entrance(parts.partition(), inbox);
        this.retryAtNs = parts.monotonic().nowNs();
        this.followAtNs = retryAtNs;
        this.applied = new Applied(parts.store().position());
        this.follower = new Follower(parts, applied);
        this.rest = new Rest(parts.journal(), parts.monotonic());
        this.condition = new Condition(inbox, applied, follower, parts.monotonic());
        parts.journal().whenMore(inbox::wake);
    }

    /**
     * Does one bounded step.
     *
     * @return whether there was anything to do; if not, {@link #sleep} waits for more
     */
    public boolean doWork() {
        if (fatal) {
            // What came in while the last term ended would wait for ever.
            entrance.refuseAll(problem);
            return false;
        }
        try {
            return work();
        } catch (StoreException e) {
            stepDown(e.kind() + ": " + e.getMessage(), e);
            followAtNs = retryAtNs;
            fatal = switch (e.kind()) {
                case FULL, NOT_AVAILABLE -> false;
                case DAMAGED, NEWER, IO -> true;
            };
        } catch (JournalException e) {
            stepDown(String.valueOf(e.getMessage()), e);
            fatal = true;
        } catch (PoisonException e) {
            quarantine.add(e.command());
            stepDown(e.toString(), e);
        } catch (RuntimeException e) {
            stepDown("a decision failed: " + e, e);
        } finally {
            boolean resting = leadership.isEmpty() && takeover.isEmpty();
            seat.rests(resting ? Seat.State.RESTING : Seat.State.BUSY);
        }
        return true;
    }

    private boolean work() {
        if (leadership.isEmpty() && parts.monotonic().nowNs() - followAtNs >= 0) {
            if (follower.apply()) {
                takeover.ifPresent(taking -> taking.progress(parts.monotonic().nowNs()));
                return true;
            }
        }
        if (commit.pending()) {
            return commit.outcome().map(this::settle).orElseGet(this::leaveCommit);
        }
        if (leadership.isPresent()) {
            return step(leadership.get());
        }
        return takeover.isPresent() ? catchUp(takeover.get()) : follow();
    }

    /** A commit that does not end holds up whoever is to lead next, who will read what became of it. */
    private boolean leaveCommit() {
        long nowNs = parts.monotonic().nowNs();
        if (mayLead(nowNs) || !commit.isLate(nowNs)) {
            return false;
        }
        stepDown("leadership ended while a commit was on its way, whose outcome is in doubt", null);
        return true;
    }

    /** Waits until there may be something to do; returns at once when there is. */
    public void sleep() {
        if (commit.pending()) {
            inbox.rest(ns(IDLE_MAX_MS), () -> commit.outcome().isPresent());
        } else if (leadership.isPresent() && rest.leftNs(inbox) > 0) {
            inbox.rest(rest.leftNs(inbox), () -> rest.leftNs(inbox) <= 0);
        } else {
            inbox.sleep(idleNs());
        }
    }

    /** How long nothing will be to do unless a command comes, in nanoseconds. */
    public long idleNs() {
        long nowNs = parts.monotonic().nowNs();
        long mostNs = ns(IDLE_MAX_MS);
        if (commit.pending() || takeover.isPresent() || fatal) {
            return mostNs;
        }
        long followingNs = Math.min(follower.idleNs(nowNs), mayLead(nowNs) ? retryAtNs - nowNs : mostNs);
        long idleNs = leadership
                .map(leader ->
                        Math.max(rest.leftNs(inbox), leader.idleNs(parts.wall().nowMs(), nowNs)))
                .orElse(followingNs);
        return Math.clamp(idleNs, 0, mostNs);
    }

    /** Wakes {@link #sleep}. */
    public void wake() {
        inbox.wake();
    }

    private boolean mayLead(long nowNs) {
        return seat.taken() && parts.coordination().trusted(parts.partition(), nowNs);
    }

    private boolean follow() {
        long nowNs = parts.monotonic().nowNs();
        if (!mayLead(nowNs) || nowNs - retryAtNs < 0) {
            if (!mayLead(nowNs)) {
                problem = seat.taken() ? "another node leads this partition" : "this node gave this partition back";
            }
            entrance.refuseAll(problem);
            return follower.chores(parts.wall().nowMs(), nowNs);
        }
        retryAtNs = nowNs + ns(RETRY_MS);
        Follower.checkLevel(parts.store().head());
        takeover = Optional.of(new Takeover(nowNs));
        parts.journal()
                .begin(commit.begin(new Batch(parts.partition(), 0, parts.wall().nowMs(), List.of())));
        commit.outcome().ifPresent(this::settle);
        return true;
    }

    /** Nobody else can write any more: leads once all that was written before is here. */
    private boolean catchUp(Takeover taking) {
        long nowNs = parts.monotonic().nowNs();
        long barrier = taking.barrier().orElseThrow();
        if (applied.position() < barrier) {
            if (taking.stalled(nowNs)) {
                stepDown("the record does not come; position=" + applied.position() + " barrier=" + barrier, null);
            }
            return false;
        }
        if (!mayLead(nowNs)) {
            stepDown("leadership ended while it was taken", null);
            return true;
        }
        taking.read(nowNs);
        Follower.checkWhole(parts.store().head());
        Leadership next = new Leadership(parts, quarantine);
        leadership = Optional.of(next);
        epoch = barrier;
        next.begin(epoch);
        send(next);
        return true;
    }

    private boolean step(Leadership leader) {
        long nowNs = parts.monotonic().nowNs();
        if (!seat.taken()) {
            LOG.log(Level.INFO, "partition " + parts.partition() + " is given back; epoch=" + epoch);
            endTerm("this node gave this partition back");
            return true;
        }
        if (!parts.coordination().trusted(parts.partition(), nowNs)) {
            stepDown("leadership is not trusted any more", null);
            return true;
        }
        if (rest.leftNs(inbox) > 0) {
            return false;
        }
        boolean worked = leader.decide(inbox, parts.wall().nowMs(), nowNs);
        if (leader.batch().isEmpty()) {
            return worked;
        }
        send(leader);
        return true;
    }

    private void send(Leadership leader) {
        long nowMs = parts.wall().nowMs();
        leader.batch().close(nowMs);
        if (leader.batch().changes().isEmpty()) {
            leader.batch().release(leader);
            return;
        }
        Batch batch = leader.closed(epoch, nowMs);
        rest.sent();
        parts.journal().append(batch, commit.begin(batch));
        commit.outcome().ifPresent(this::settle);
    }

    private boolean settle(Outcome outcome) {
        Batch batch = commit.end();
        switch (outcome) {
            case Outcome.Committed committed -> {
                if (leadership.isPresent()) {
                    rest.begin();
                    committed(leadership.get(), batch, committed.position());
                } else {
                    takeover.orElseThrow()
                            .fenced(committed.position(), parts.monotonic().nowNs());
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

    private void committed(Leadership leader, Batch batch, long position) {
        Follower.apply(parts.store(), batch, position);
        applied.reached(position);
        leader.committed(batch);
        if (!leader.serving()) {
            leader.serve();
            parts.meters().count(Meters.Counter.TERMS, 1);
            visible = leadership;
            problem = "";
            String told = takeover.map(taking -> taking.told(parts.monotonic().nowNs()))
                    .orElse("");
            LOG.log(Level.INFO, "partition " + parts.partition() + " is led; epoch=" + epoch + " " + told);
            takeover = Optional.empty();
        }
    }

    /** Drops everything in memory and tells whoever waits that the outcome is unknown. */
    private void stepDown(String why, @Nullable Throwable cause) {
        // What the ports foresee they explain in a sentence; anything else is for whoever mends the code.
        boolean foreseen = cause instanceof StoreException || cause instanceof JournalException;
        LOG.log(Level.ERROR, "partition " + parts.partition() + " stops deciding: " + why, foreseen ? null : cause);
        seat.failed();
        commit.drop();
        retryAtNs = parts.monotonic().nowNs() + ns(RETRY_MS);
        endTerm(why);
    }

    private void endTerm(String why) {
        problem = why;
        visible = Optional.empty();
        leadership.ifPresent(leader -> leader.abandon(entrance.unavailable(why)));
        leadership = Optional.empty();
        takeover = Optional.empty();
        entrance.refuseAll(problem);
        long position = parts.store().position();
        applied.reached(position);
        parts.journal().follow(position);
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
            item.answer().completeExceptionally(entrance.unavailable(problem));
        } else {
            entrance.put(item);
        }
        return item.answer();
    }

    @Override
    public StoreReader reader() {
        return parts.store().reader();
    }

    @Override
    public boolean refresh(long waitMs) {
        return visible.isPresent();
    }

    @Override
    public long asOfMs() {
        return visible.isPresent() ? parts.wall().nowMs() : applied.asOfMs();
    }

    @Override
    public Status status() {
        return condition.told(visible, epoch, problem);
    }

    @Override
    public OptionalLong leaseLeftMs(long token) {
        long nowNs = parts.monotonic().nowNs();
        return visible.map(leader -> leader.leaseLeftMs(token, nowNs)).orElse(OptionalLong.empty());
    }

    @Override
    public boolean broken() {
        return fatal;
    }

    @Override
    public Seat seat() {
        return seat;
    }

    @Override
    public boolean isCurrent() {
        return follower.isCurrent();
    }

    @Override
    public boolean awaitApplied(long position, long waitMs) throws InterruptedException {
        return applied.await(position, waitMs);
    }

    /** Gives the partition up and answers everybody; the loop does nothing afterwards. For the owning thread. */
    public void close() {
        problem = "the node is stopping";
        visible = Optional.empty();
        leadership.ifPresent(leader -> leader.abandon(entrance.unavailable(problem)));
        fatal = true;
        entrance.refuseAll(problem);
        parts.journal().close();
        parts.coordination().release(parts.partition());
    }

    /** Nanoseconds of a number of milliseconds. */
    static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
