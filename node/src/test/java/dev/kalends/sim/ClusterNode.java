package dev.kalends.sim;

import dev.kalends.claim.ClaimDesk;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Seating;
import dev.kalends.lease.SeatingTerms;
import dev.kalends.lease.Standing;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionLoop;
import dev.kalends.runtime.Seats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A node of a cluster: the real loops, seats and coordination over simulated disks, record and leases. It dies, freezes
 * and is cut off, and comes back.
 */
final class ClusterNode implements Door {
    private static final int STEPS_MAX = 10_000;
    private static final long NS_A_MS = 1_000_000;
    private static final long JOIN_AGAIN_MS = 500;
    private static final int COMES_BACK_MS = 15_000;
    private static final long JOURNAL_MISSED_MS = 3_000;

    private final String id;
    private final Fabric fabric;
    private final Wiring wiring;
    private final List<Disk> disks;
    private final Lines lines;
    private final Life life;
    private final NodeWall wall;
    private Runnable afterWork = () -> {};
    private List<PartitionLoop> loops = List.of();
    private Optional<LeaseLine> leases = Optional.empty();
    private Optional<Seats> seats = Optional.empty();
    private Optional<ClaimDesk> desk = Optional.empty();
    private Fitness anyhow = Fitness.ALL;
    private final Map<Integer, String> problemByPartition = new HashMap<>();
    private long journalSeenMs;
    private long downSinceMs = -1;
    private long plans;
    private long plannedForMs = Long.MAX_VALUE;

    ClusterNode(String id, Fabric fabric, NodeWall wall, List<Disk> disks) {
        this.id = id;
        this.fabric = fabric;
        this.wiring = fabric.wiring();
        this.wall = wall;
        this.disks = disks;
        this.lines = new Lines(wiring.timeline());
        this.life = new Life(wiring.timeline(), where -> {
            crash(where);
            wiring.timeline().after(wiring.random().nextInt(COMES_BACK_MS), this::start);
        });
        life.whenStirred(() -> plan(0));
    }

    String id() {
        return id;
    }

    Life life() {
        return life;
    }

    Lines lines() {
        return lines;
    }

    Disk disk(int partition) {
        return disks.get(partition);
    }

    NodeWall wall() {
        return wall;
    }

    List<PartitionLoop> loops() {
        return loops;
    }

    void afterWork(Runnable check) {
        afterWork = check;
    }

    private Timeline timeline() {
        return wiring.timeline();
    }

    void start() {
        if (life.up()) {
            return;
        }
        awayTooLong();
        life.begin();
        LeaseLine line = new LeaseLine(fabric.keeper(), wiring, lines, life);
        RunQueue queue = fabric.post().forNode(id, lines, life);
        Meters meters = new Meters(1_000);
        EventRing events = new EventRing(0);
        List<PartitionLoop> started = new ArrayList<>();
        for (int partition = 0; partition < disks.size(); partition++) {
            SharedRecord record = fabric.records().get(partition);
            RecordJournal journal = new RecordJournal(id, record, wiring, lines, life);
            journal.follow(disks.get(partition).forNode().position());
            started.add(new PartitionLoop(new LoopParts(
                    partition,
                    settings(),
                    wall,
                    timeline().clock.monotonic(),
                    journal,
                    disks.get(partition).forNode(),
                    queue,
                    wiring.bug().trusting(line.coordination()),
                    meters,
                    events)));
        }
        loops = started;
        Seats next = new Seats(
                line.coordination(),
                new Seating(id, disks.size(), SeatingTerms.DEFAULT),
                loops,
                timeline().clock.monotonic(),
                this::fitness);
        next.wakeWith(() -> plan(0));
        line.afterEachRound(() -> plan(0));
        leases = Optional.of(line);
        desk = Optional.of(new ClaimDesk(new ClaimDesk.Parts(
                disks.size(),
                this::claimAt,
                queue,
                timeline().clock.monotonic(),
                TimeUnit.MILLISECONDS.toNanos(settings().runTtlMs()) * 2 / 3)));
        anyhow = Fitness.ALL;
        journalSeenMs = timeline().elapsedMs();
        plannedForMs = Long.MAX_VALUE;
        timeline().log(id + " starts");
        join(line, next);
        plan(0);
    }

    /** A replica that was away too long starts from nothing, because removals may be gone from the record. */
    private void awayTooLong() {
        boolean tooLong = downSinceMs >= 0 && timeline().elapsedMs() - downSinceMs > SharedRecord.REMOVALS_KEPT_MS / 3;
        if (tooLong && wiring.bug() != PlantedBug.AWAY_TOO_LONG_IS_KEPT) {
            disks.forEach(Disk::wipe);
        }
    }

    private LoopSettings settings() {
        LoopSettings usual = LoopSettings.DEFAULT;
        return new LoopSettings(
                usual.runTtlMs(),
                wiring.bug() == PlantedBug.TAKEOVER_GIVES_NO_TIME ? 1 : usual.foundTtlMs(),
                usual.horizonMs(),
                usual.loadEveryMs(),
                usual.succeededKeptMs(),
                usual.othersKeptMs());
    }

    private void join(LeaseLine line, Seats next) {
        try {
            line.coordination().join(new Member(id, "sim://" + id));
        } catch (CoordinationException e) {
            life.after(JOIN_AGAIN_MS, () -> join(line, next));
            return;
        }
        timeline().log(id + " joins");
        seats = Optional.of(next);
        line.keepAlive();
        plan(0);
    }

    /** What the node is fit for, apart from what it has withdrawn from. */
    private Fitness fitness() {
        if (lines.open(Lines.Line.JOURNAL)) {
            journalSeenMs = timeline().elapsedMs();
        }
        boolean missed = timeline().elapsedMs() - journalSeenMs > JOURNAL_MISSED_MS;
        return missed ? Fitness.none("the journal is out of reach") : anyhow;
    }

    /** Gives everything back in good order, and takes nothing, for a time. */
    void drain(long ms) {
        timeline().log(id + " drains for " + ms);
        anyhow = Fitness.none("draining");
        if (wiring.bug() == PlantedBug.GIVEN_BACK_BEFORE_REST) {
            for (int partition = 0; partition < disks.size(); partition++) {
                int freed = partition;
                leases.ifPresent(line -> line.freeAtOnce(freed));
            }
        }
        life.after(ms, () -> anyhow = Fitness.ALL);
    }

    void crash(String where) {
        if (life.up()) {
            timeline().log(id + " dies: " + where);
            life.end();
            loops = List.of();
            problemByPartition.clear();
            seats = Optional.empty();
            leases = Optional.empty();
            desk = Optional.empty();
            downSinceMs = timeline().elapsedMs();
            disks.forEach(Disk::crash);
        }
    }

    /** Nothing is missing: it takes part, is fit, and has what is in the record. */
    boolean well() {
        return life.up()
                && !life.frozen()
                && anyhow.equals(Fitness.ALL)
                && seats.flatMap(Seats::seen)
                        .flatMap(seen -> seen.standing(id))
                        .filter(standing -> standing.fitness().equals(Fitness.ALL))
                        .isPresent();
    }

    /** For people: what is the matter with it. */
    String condition() {
        return id + " up=" + life.up() + " frozen=" + life.frozen() + " seats=" + seats.flatMap(Seats::problem)
                + " seen=" + seats.flatMap(Seats::seen) + " membership="
                + leases.flatMap(line -> line.coordination().problem());
    }

    boolean leads(int partition) {
        return life.up() && loops.get(partition).status().leading();
    }

    /** Whether it trusts itself with a partition now. */
    boolean trusts(int partition) {
        long nowNs = timeline().clock.monotonic().nowNs();
        return leases.filter(line -> line.coordination().trusted(partition, nowNs))
                .isPresent();
    }

    /** Works until there is nothing to do at this moment. */
    private void work() {
        plannedForMs = Long.MAX_VALUE;
        for (int steps = 0; once(); steps++) {
            if (steps > STEPS_MAX) {
                throw new Violation(Invariant.NOTHING_THROWS, id + " never comes to rest");
            }
        }
        for (PartitionLoop loop : loops) {
            look(loop);
        }
        afterWork.run();
        long idleNs = seats.map(Seats::idleNs).orElse(Long.MAX_VALUE);
        for (PartitionLoop loop : loops) {
            idleNs = Math.min(idleNs, loop.idleNs());
        }
        plan(Math.ceilDiv(idleNs, NS_A_MS));
    }

    private void look(PartitionLoop loop) {
        String problem = loop.status().problem();
        if (problem.contains("decision failed") || loop.broken()) {
            throw new Violation(Invariant.NOTHING_THROWS, id + ": " + problem);
        }
        if (!problem.equals(problemByPartition.put(loop.partition(), problem))) {
            timeline()
                    .log(id + (problem.isEmpty() ? " leads " : " does not lead ") + loop.partition() + ": " + problem);
        }
    }

    private boolean once() {
        boolean worked = seats.map(Seats::doWork).orElse(false);
        for (PartitionLoop loop : loops) {
            worked |= loop.doWork();
        }
        return worked;
    }

    /** Has the node look for work in a while. */
    private void plan(long ms) {
        long atMs = timeline().elapsedMs() + Math.max(0, ms);
        if (life.up() && atMs < plannedForMs) {
            plannedForMs = atMs;
            long mine = ++plans;
            life.after(ms, () -> {
                if (mine == plans) {
                    work();
                }
            });
        }
    }

    @Override
    public Network.Trip trip(long timeoutMs) {
        return new Network.Trip(
                timeoutMs,
                () -> lines.open(Lines.Line.OTHERS, Lines.Way.IN),
                () -> lines.open(Lines.Line.OTHERS, Lines.Way.OUT));
    }

    @Override
    public CompletableFuture<Reply> ask(int partition, Command command) {
        return later(() -> Route.send(wiring, life, known(partition, 0), command, 0));
    }

    @Override
    public CompletableFuture<ClaimDesk.Got> claim(Command.Claim claim, long waitMs) {
        return later(() -> {
            CompletableFuture<ClaimDesk.Got> answer =
                    desk.map(it -> it.claim(claim, waitMs)).orElseGet(CompletableFuture::new);
            life.after(waitMs, () -> answer.complete(ClaimDesk.Got.NOTHING));
            return answer;
        });
    }

    /** A frozen node answers when it wakes; one that is down never. */
    private <T> CompletableFuture<T> later(Supplier<CompletableFuture<T>> what) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        life.run(() -> {
            CompletableFuture<T> _ = what.get().whenComplete((reply, problem) -> {
                if (problem == null) {
                    answer.complete(reply);
                } else {
                    answer.completeExceptionally(problem);
                }
            });
        });
        return answer;
    }

    private CompletableFuture<Reply> claimAt(int partition, Command.Claim claim, long waitMs) {
        return Route.send(wiring, life, known(partition, waitMs), claim, waitMs);
    }

    private Route.Known known(int partition, long waitMs) {
        return new Route.Known() {
            @Override
            public Optional<Supplier<CompletableFuture<Reply>>> here(Command command) {
                return leads(partition) ? Optional.of(() -> decide(partition, command, waitMs)) : Optional.empty();
            }

            @Override
            public Optional<Route.Hop> there(Command command, long timeoutMs) {
                return seats.flatMap(Seats::seen)
                        .flatMap(seen -> other(seen, partition))
                        .map(leader -> new Route.Hop(
                                between(leader, timeoutMs),
                                () -> leader.later(() -> leader.asked(partition, command, waitMs))));
            }
        };
    }

    private Optional<ClusterNode> other(Overview seen, int partition) {
        return seen.owner(partition)
                .map(Standing::member)
                .filter(member -> !member.id().equals(id))
                .map(member -> fabric.node(member.id()));
    }

    private Network.Trip between(ClusterNode leader, long timeoutMs) {
        Network.Trip theirs = leader.trip(timeoutMs);
        return new Network.Trip(
                timeoutMs,
                () -> lines.open(Lines.Line.OTHERS, Lines.Way.OUT)
                        && theirs.there().getAsBoolean(),
                () -> lines.open(Lines.Line.OTHERS, Lines.Way.IN)
                        && theirs.back().getAsBoolean());
    }

    /** At most one step: who is asked by another node decides, or says that it does not lead. */
    private CompletableFuture<Reply> asked(int partition, Command command, long waitMs) {
        return leads(partition)
                ? decide(partition, command, waitMs)
                : CompletableFuture.failedFuture(new Route.NotLeader());
    }

    private CompletableFuture<Reply> decide(int partition, Command command, long waitMs) {
        long receivedMs = timeline().elapsedMs();
        Command suffered = wiring.bug().suffered(command, disks.get(partition).real());
        CompletableFuture<Reply> answer = suffered instanceof Command.Claim claim
                ? loops.get(partition).claim(claim, waitMs)
                : loops.get(partition).ask(suffered);
        plan(0);
        return command instanceof Command.Renew
                ? answer.whenComplete((reply, problem) -> fabric.renewed(this, partition, receivedMs, reply))
                : answer;
    }
}
