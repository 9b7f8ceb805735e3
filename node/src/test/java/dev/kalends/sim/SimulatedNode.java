package dev.kalends.sim;

import dev.kalends.claim.ClaimDesk;
import dev.kalends.journal.Batch;
import dev.kalends.journal.EmbeddedJournal;
import dev.kalends.journal.Journal;
import dev.kalends.journal.Store;
import dev.kalends.lease.Coordination;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.LocalCoordination;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.LoopParts;
import dev.kalends.runtime.LoopSettings;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.PartitionLoop;
import dev.kalends.time.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A house of one node, embedded: the real loop of each partition over a simulated disk. It dies and comes back; its
 * disks stay.
 */
final class SimulatedNode implements House, Door {
    private static final int STEPS_MAX = 10_000;
    private static final int SLOW_ONE_IN = 40;
    private static final int LOST_ONE_IN = 400;
    private static final long NS_A_MS = 1_000_000;

    private final Timeline timeline;
    private final Faults faults;
    private final Random random;
    private final PlantedBug bug;
    private final WallHistory walls;
    private final List<Disk> disks = new ArrayList<>();
    private List<PartitionLoop> loops = List.of();
    private Runnable afterWork = () -> {};
    private long generation;
    private Optional<ClaimDesk> desk = Optional.empty();
    /** Only the last plan counts: it was for earlier than those before. */
    private long plans;

    private long plannedForMs = Long.MAX_VALUE;
    /** The wall clock's greatest lead over elapsed time. */
    private long aheadMs;

    SimulatedNode(Wiring wiring, WallHistory walls, Media media) {
        this.timeline = wiring.timeline();
        this.faults = wiring.faults();
        this.random = wiring.random();
        this.bug = wiring.bug();
        this.walls = walls;
        int partitions = random.nextInt(4) == 0 ? 2 : 1;
        for (int partition = 0; partition < partitions; partition++) {
            disks.add(new Disk(timeline, faults, bug, media.of(partition)));
        }
    }

    /** What partitions are kept on. */
    @FunctionalInterface
    interface Media {
        Medium of(int partition);
    }

    @Override
    public int partitions() {
        return disks.size();
    }

    @Override
    public Store truth(int partition) {
        return disks.get(partition).real();
    }

    @Override
    public void afterWork(Runnable check) {
        afterWork = check;
    }

    private boolean up() {
        return !loops.isEmpty();
    }

    @Override
    public Optional<PartitionHandle> leader(int partition) {
        return up() && loops.get(partition).status().leading() ? Optional.of(loops.get(partition)) : Optional.empty();
    }

    @Override
    public Door door(Random any) {
        return this;
    }

    @Override
    public Network.Trip trip(long timeoutMs) {
        return Network.Trip.open(timeoutMs);
    }

    @Override
    public void trouble() {
        if (faults.now(Faults.Kind.NODE_DIES, 60)) {
            crash("killed");
        }
        if (faults.now(Faults.Kind.CLOCK_JUMPS, 25)) {
            walls.jump(walls.jumpMs(faults));
        }
        if (faults.now(Faults.Kind.FULL_DISK, 60)) {
            timeline.log("the disk is full");
            disks.get(faults.measure(disks.size())).fullFor(faults.measure(20_000));
        }
    }

    @Override
    public void heal() {
        start();
    }

    @Override
    public void start() {
        if (up()) {
            return;
        }
        generation++;
        Coordination coordination = new LocalCoordination();
        coordination.join(new Member("n1", ""));
        for (int partition = 0; partition < disks.size(); partition++) {
            coordination.tryOwn(partition);
        }
        RunQueue queue = new LocalRunQueue();
        desk = Optional.of(new ClaimDesk(new ClaimDesk.Parts(
                disks.size(),
                this::claimAt,
                queue,
                timeline.clock.monotonic(),
                TimeUnit.MILLISECONDS.toNanos(settings().runTtlMs()) * 2 / 3)));
        List<PartitionLoop> started = new ArrayList<>();
        for (int partition = 0; partition < disks.size(); partition++) {
            started.add(new PartitionLoop(new LoopParts(
                    partition,
                    settings(),
                    wall(),
                    timeline.clock.monotonic(),
                    new SlowJournal(partition, disks.get(partition), generation),
                    disks.get(partition).forNode(),
                    queue,
                    coordination,
                    new Meters(1_000),
                    new EventRing(0))));
        }
        loops = started;
        plannedForMs = Long.MAX_VALUE;
        timeline.log("node starts");
        plan(0);
    }

    private LoopSettings settings() {
        LoopSettings usual = LoopSettings.DEFAULT;
        return new LoopSettings(
                bug == PlantedBug.LEASE_NEVER_EXPIRES ? 365L * 86_400_000 : usual.runTtlMs(),
                usual.foundTtlMs(),
                bug == PlantedBug.WHEEL_HOLDS_EVERYTHING ? 5 * 86_400_000L : usual.horizonMs(),
                usual.loadEveryMs(),
                usual.succeededKeptMs(),
                usual.othersKeptMs());
    }

    private WallClock wall() {
        if (bug != PlantedBug.CLOCK_NEVER_GOES_BACK) {
            return timeline.clock.wall();
        }
        return () -> {
            aheadMs = Math.max(aheadMs, timeline.clock.nowMs() - timeline.elapsedMs());
            return timeline.elapsedMs() + aheadMs;
        };
    }

    @Override
    public void close() {
        loops = List.of();
        disks.forEach(Disk::close);
    }

    /** The process dies: whoever waits for an answer never gets one. */
    private void crash(String where) {
        if (up()) {
            timeline.log("node dies: " + where);
            loops = List.of();
            generation++;
            disks.forEach(Disk::crash);
            timeline.after(random.nextInt(20_000), this::start);
        }
    }

    /** Works until there is nothing to do at this moment. */
    private void work() {
        if (!up()) {
            return;
        }
        plannedForMs = Long.MAX_VALUE;
        try {
            for (PartitionLoop loop : loops) {
                int steps = 0;
                while (loop.doWork()) {
                    if (steps++ > STEPS_MAX) {
                        throw new Violation(Invariant.NOTHING_THROWS, "the loop never comes to rest");
                    }
                }
                if (loop.status().problem().contains("decision failed")) {
                    throw new Violation(Invariant.NOTHING_THROWS, loop.status().problem());
                }
            }
        } catch (NodeCrash e) {
            crash(String.valueOf(e.getMessage()));
            return;
        }
        afterWork.run();
        long idleNs = Long.MAX_VALUE;
        for (PartitionLoop loop : loops) {
            idleNs = Math.min(idleNs, loop.idleNs());
        }
        plan(Math.ceilDiv(idleNs, NS_A_MS));
    }

    private void plan(long ms) {
        long atMs = timeline.elapsedMs() + Math.max(0, ms);
        if (atMs < plannedForMs) {
            plannedForMs = atMs;
            long mine = ++plans;
            timeline.after(ms, () -> {
                if (mine == plans) {
                    work();
                }
            });
        }
    }

    @Override
    public CompletableFuture<Reply> ask(int partition, Command command) {
        if (!up()) {
            return new CompletableFuture<>();
        }
        CompletableFuture<Reply> answer = loops.get(partition)
                .ask(bug.suffered(command, disks.get(partition).real()));
        plan(0);
        return answer;
    }

    @Override
    public CompletableFuture<ClaimDesk.Got> claim(Command.Claim claim, long waitMs) {
        if (!up()) {
            return new CompletableFuture<>();
        }
        CompletableFuture<ClaimDesk.Got> answer =
                desk.map(it -> it.claim(claim, waitMs)).orElseThrow();
        timeline.after(waitMs, () -> answer.complete(ClaimDesk.Got.NOTHING));
        return answer;
    }

    private CompletableFuture<Reply> claimAt(int partition, Command.Claim claim, long waitMs) {
        CompletableFuture<Reply> answer = loops.get(partition).claim(claim, waitMs);
        plan(0);
        return answer;
    }

    /** The embedded journal, whose outcome may be late, and which may not write at all. */
    private final class SlowJournal implements Journal {
        private final Disk disk;
        private final EmbeddedJournal journal;
        private final long mine;

        SlowJournal(int partition, Disk disk, long mine) {
            this.disk = disk;
            this.journal = new EmbeddedJournal(partition, disk.real().position());
            this.mine = mine;
        }

        @Override
        public void append(Batch batch, Consumer<Outcome> whenDone) {
            disk.crashPoint("before append");
            if (faults.now(Faults.Kind.NOT_WRITTEN, LOST_ONE_IN)) {
                timeline.log("a batch is not written");
                whenDone.accept(
                        faults.measure(2) == 0 ? new Outcome.NotWritten("fault") : new Outcome.LeadershipLost("fault"));
            } else if (faults.now(Faults.Kind.SLOW_DISK, SLOW_ONE_IN)) {
                timeline.log("a batch is slow");
                timeline.after(faults.measure(25_000), () -> {
                    if (mine == generation) {
                        journal.append(batch, whenDone);
                        plan(0);
                    }
                });
            } else {
                journal.append(batch, whenDone);
            }
        }

        @Override
        public void begin(Consumer<Outcome> whenDone) {
            disk.crashPoint("before a term");
            journal.begin(whenDone);
        }

        @Override
        public Optional<Entry> next() {
            return journal.next();
        }

        @Override
        public void follow(long position) {
            journal.follow(position);
        }

        @Override
        public long end() {
            return journal.end();
        }

        @Override
        public void whenMore(Runnable hint) {
            journal.whenMore(hint);
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
