package dev.kalends.runtime;

import dev.kalends.job.LeaseId;
import dev.kalends.job.Limits;
import dev.kalends.job.Run;
import dev.kalends.journal.Batch;
import dev.kalends.journal.StoreException;
import dev.kalends.partition.Command;
import dev.kalends.partition.Decider;
import dev.kalends.partition.Effect;
import dev.kalends.partition.Moment;
import dev.kalends.partition.ReadyRuns;
import dev.kalends.partition.Reply;
import dev.kalends.partition.Workspace;
import dev.kalends.runqueue.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a leader holds in memory for one term: the view, the wheel, the leases, the waiting claims. All of it is made
 * from the store when the term begins and dropped when it ends. Owned by the partition's thread.
 */
final class Leadership {
    /** Changes after which a batch is committed. */
    static final int BATCH_CHANGES = 8_192;

    private static final int BATCH_COMMANDS = Inbox.RESTS_UP_TO;
    /** As many as a claim may take: what is fired and granted in one commit is written once. */
    private static final int BATCH_FIRES = 1_024;

    private static final int BATCH_EXPIRIES = 1_024;
    private static final long NS_A_MS = 1_000_000;
    private static final long TEND_MAX_MS = 2_000;

    private final LoopParts parts;
    private final Set<Command> quarantine;
    private final ReadyRuns ready = new ReadyRuns();
    private final Workspace workspace;
    private final Decider decider;
    private final OpenBatch batch;
    private final Horizon horizon;
    private final LeaseTable leases;
    private final WorkersDesk desk;
    private final ClockWatch clocks;
    private final Housekeeping housekeeping;
    private final EffectMeters meters;
    private long servingSinceMs;
    private long nextChoresNs;
    private long tendedNs;
    /** Answers are kept for real time, however the wall clock came to stand where it does. */
    private long sweepFromNs;

    private volatile boolean serving;
    private volatile long wheelLagMs;
    private volatile long decidedThroughMs = -1;

    /** A term; timers' commands in the quarantine are passed over. */
    Leadership(LoopParts parts, Set<Command> quarantine) {
        this.quarantine = quarantine;
        long nowMs = parts.wall().nowMs();
        long nowNs = parts.monotonic().nowNs();
        this.parts = parts;
        this.workspace = new Workspace(parts.store(), ready);
        this.decider = new Decider(workspace);
        this.batch = new OpenBatch(workspace);
        this.horizon = new Horizon(parts.store(), parts.settings(), nowMs);
        this.leases = new LeaseTable(nowNs, parts.settings().runTtlMs());
        this.desk = new WorkersDesk(parts, ready, batch, leases);
        this.clocks = new ClockWatch(nowMs, nowNs);
        this.housekeeping = new Housekeeping(parts.store(), parts.settings(), nowMs);
        this.meters = new EffectMeters(parts.meters());
        this.nextChoresNs = nowNs;
        this.tendedNs = nowNs;
    }

    OpenBatch batch() {
        return batch;
    }

    /** Decides the first batch of a term, which carries nothing but its epoch. */
    void begin(long epoch) {
        decider.lead(epoch);
    }

    boolean serving() {
        return serving;
    }

    /** After the first batch is committed: makes from the store what is in memory, and begins to decide. */
    void serve() {
        long nowMs = parts.wall().nowMs();
        long nowNs = parts.monotonic().nowNs();
        List<Run> open = new ArrayList<>();
        long untilNs = nowNs + PartitionLoop.ns(parts.settings().foundTtlMs());
        parts.store().openRuns(run -> {
            open.add(run);
            run.lease()
                    .ifPresent(lease -> leases.found(
                            new LeaseId(run.id(), lease.token()), lease.worker(), lease.grantedMs(), untilNs));
        });
        ready.restore(open, run -> parts.store().spec(run.id().job(), run.generation()));
        horizon.rebuild(nowMs, nowNs);
        servingSinceMs = nowMs;
        sweepFromNs = nowNs + PartitionLoop.ns(Limits.REQUEST_KEPT_MS);
        serving = true;
    }

    /** Decides what waits, a bounded amount; the result is in {@link #batch}. */
    boolean decide(Inbox inbox, long wallMs, long nowNs) {
        boolean worked = watchClocks(wallMs, nowNs);
        long nowMs = clocks.trustedMs(wallMs);
        // After a jump back the past reaches only to the new now: what is still to come cannot be a misfire.
        servingSinceMs = Math.min(servingSinceMs, nowMs);
        Moment moment = new Moment(nowMs, servingSinceMs, parts.partition());
        if (nowNs - nextChoresNs >= 0) {
            nextChoresNs = nowNs + PartitionLoop.ns(parts.settings().loadEveryMs());
            chores(moment, nowNs);
            worked = true;
        }
        if (!clocks.holding()) {
            fire(horizon.poll(nowMs, BATCH_FIRES), moment);
            decidedThroughMs = horizon.decidedThroughMs();
        }
        for (Command.LeaseExpired expired : leases.expired(nowNs, BATCH_EXPIRIES)) {
            timer(expired, moment);
        }
        worked |= drain(inbox, moment, nowNs);
        desk.serve(decider, moment);
        desk.parked().expire(nowNs);
        return worked;
    }

    private void fire(Horizon.Polled polled, Moment moment) {
        workspace.expect(polled.due().stream().map(Horizon.Due::job).toList());
        for (Horizon.Due timer : polled.due()) {
            if (!timer(timer.command(), moment)) {
                horizon.passedOver(timer.dueMs());
            }
        }
        if (polled.lagMs() > 0) {
            wheelLagMs = polled.lagMs();
        }
    }

    /** Decides a command of the partition's own; one that cannot be decided must not block the others: false. */
    private boolean timer(Command command, Moment moment) {
        if (quarantine.contains(command)) {
            return false;
        }
        try {
            decider.decide(command, moment);
            return true;
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PoisonException(command, e);
        }
    }

    private boolean watchClocks(long nowMs, long nowNs) {
        switch (clocks.observe(nowMs, nowNs)) {
            case STEADY -> {
                return false;
            }
            case JUMPED -> {
                jumped("jumped", nowNs);
                horizon.rebuild(clocks.trustedMs(nowMs), nowNs);
            }
            case HELD -> jumped("jumped; firing is held until it is confirmed", nowNs);
            case CONFIRMED -> {
                servingSinceMs = nowMs;
                horizon.rebuild(nowMs, nowNs);
            }
        }
        return true;
    }

    private void jumped(String what, long nowNs) {
        sweepFromNs = nowNs + PartitionLoop.ns(Limits.REQUEST_KEPT_MS);
        parts.meters().count(Meters.Counter.CLOCK_JUMPS, 1);
        notice("clock_jump", "the clock " + what + "; jumpMs=" + clocks.lastJumpMs());
    }

    private void chores(Moment moment, long nowNs) {
        if (!clocks.holding()) {
            horizon.load(moment.nowMs());
            housekeeping.audit(moment.nowMs(), fire -> recover(fire, moment));
            housekeeping.prune(moment.nowMs());
            decider.decide(new Command.Tend(sinceTendedMs(nowNs)), moment);
            if (nowNs - sweepFromNs >= 0) {
                housekeeping.sweep(moment.nowMs()).ifPresent(sweep -> decider.decide(sweep, moment));
            }
        }
        wheelLagMs = 0;
        // A ticket may have been lost on its way, and those of runs that were ready before this term were never
        // offered.
        offerTickets();
    }

    /** Time since pauses and backfills had their turn, at most a few seconds: what stood still does not burst. */
    private long sinceTendedMs(long nowNs) {
        long passedMs = Math.clamp((nowNs - tendedNs) / NS_A_MS, 0, TEND_MAX_MS);
        tendedNs = nowNs;
        return passedMs;
    }

    private void recover(Command.Fire fire, Moment moment) {
        parts.meters().count(Meters.Counter.RECOVERED, timer(fire, moment) ? 1 : 0);
    }

    private boolean drain(Inbox inbox, Moment moment, long nowNs) {
        int taken = 0;
        while (taken < BATCH_COMMANDS && !batch.full()) {
            Optional<Inbox.Item> item = inbox.poll();
            if (item.isEmpty()) {
                break;
            }
            taken++;
            one(item.get(), moment, nowNs);
        }
        return taken > 0;
    }

    private void one(Inbox.Item item, Moment moment, long nowNs) {
        if (desk.waits(item, nowNs)) {
            return;
        }
        Reply reply;
        try {
            reply = decider.decide(item.command(), moment);
        } catch (RuntimeException e) {
            batch.owe(item.answer());
            throw e;
        }
        desk.answer(item, reply, nowNs);
    }

    /** The batch as it is written now. */
    Batch closed(long epoch, long wallMs) {
        long nowMs = clocks.trustedMs(wallMs);
        long decidedMs = serving ? horizon.newlyDecidedMs(nowMs) : -1;
        return new Batch(parts.partition(), epoch, nowMs, decidedMs, batch.changes());
    }

    /** After a batch is applied: effects, replies, events, tickets. */
    void committed(Batch done) {
        batch.release(this);
        parts.meters().count(Meters.Counter.COMMITS, 1);
        parts.events().add(Event.of(done));
        offerTickets();
    }

    private void offerTickets() {
        for (String queue : ready.waitingQueues()) {
            parts.queue().offer(new Ticket(parts.partition(), queue));
        }
    }

    private void notice(String type, String detail) {
        parts.events()
                .add(List.of(new Event(parts.wall().nowMs(), parts.partition(), new Event.What.Notice(type, detail))));
    }

    /** Runs the effects of a committed batch. */
    void run(List<Effect> effects) {
        long nowMs = clocks.trustedMs(parts.wall().nowMs());
        long untilNs =
                parts.monotonic().nowNs() + PartitionLoop.ns(parts.settings().runTtlMs());
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.ArmJob arm -> horizon.arm(arm.dueMs(), arm.job());
                case Effect.ArmRun arm -> horizon.arm(arm.dueMs(), arm.run());
                case Effect.LeaseGranted granted ->
                    leases.begin(new LeaseId(granted.run(), granted.token()), granted.worker(), nowMs, untilNs);
                case Effect.LeaseEnded ended -> leases.end(ended.token());
                case Effect.AskToStop _ -> {
                    // The worker learns it with its next renewal, from the run's marks.
                }
                case Effect.ReportRejected rejected -> {
                    parts.meters().count(Meters.Counter.REPORTS_REJECTED, 1);
                    parts.events()
                            .add(List.of(new Event(
                                    nowMs,
                                    parts.partition(),
                                    new Event.What.ReportRejected(
                                            rejected.run().toString(), rejected.worker(), rejected.why()))));
                }
                case Effect.Counted counted -> meters.count(counted);
                case Effect.Started started ->
                    meters.started(
                            started,
                            leases.find(started.lease().token())
                                    .map(LeaseTable.Held::committedMs)
                                    .orElse(started.lease().grantedMs()));
            }
        }
    }

    /** How long nothing will be to do unless a command comes. */
    long idleNs(long nowMs, long nowNs) {
        long dueMs = clocks.holding() ? Long.MAX_VALUE : horizon.nextMs();
        long dueNs = dueMs == Long.MAX_VALUE ? dueMs : Math.max(0, dueMs - nowMs) * NS_A_MS;
        long choresNs = Math.max(0, nextChoresNs - nowNs);
        return Math.min(
                Math.min(dueNs, choresNs),
                Math.min(leases.idleNs(nowNs), desk.parked().idleNs(nowNs)));
    }

    /** Ends the term: nobody is served any more. */
    void abandon(Throwable why) {
        serving = false;
        batch.fail(why);
        desk.parked().answerAll();
        leases.clear();
    }

    /** What came due before this term and is still to be decided; from any thread. */
    PartitionHandle.Missed missed(long nowNs) {
        Backlog backlog = horizon.backlog();
        return new PartitionHandle.Missed(backlog.left(), backlog.etaMs(nowNs));
    }

    int pendingTimers() {
        return horizon.pending();
    }

    long decidedThroughMs() {
        return decidedThroughMs;
    }

    long wheelLagMs() {
        return wheelLagMs;
    }

    int leases() {
        return leases.size();
    }

    int parked() {
        return desk.parked().size();
    }

    OptionalLong leaseLeftMs(long token, long nowNs) {
        return leases.leftMs(token, nowNs);
    }
}
