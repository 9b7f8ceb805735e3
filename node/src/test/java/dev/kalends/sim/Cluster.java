package dev.kalends.sim;

import dev.kalends.journal.Store;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A house of several nodes, each with a replica of every partition, over one record a partition and one service. */
final class Cluster implements House {
    /** Sizes to draw from; the larger ones cost time. */
    private static final int[] NODES = {1, 2, 2, 3, 3, 3, 3, 4};

    private static final int[] PARTITIONS = {1, 1, 2, 2, 3};
    private static final int OFF_MAX_MS = 400;
    private static final int THIN_EVERY_MS = 12_000;

    private final Wiring wiring;
    private final Timeline timeline;
    private final Faults faults;
    private final WallHistory walls;
    private final Fabric fabric;
    private final List<ClusterNode> nodes = new ArrayList<>();
    private final ClusterChecker checker;

    Cluster(Wiring wiring, WallHistory walls, SimulatedNode.Media media) {
        this.wiring = wiring;
        this.timeline = wiring.timeline();
        this.faults = wiring.faults();
        this.walls = walls;
        Random random = wiring.random();
        List<SharedRecord> records = new ArrayList<>();
        int partitions = PARTITIONS[random.nextInt(PARTITIONS.length)];
        for (int partition = 0; partition < partitions; partition++) {
            records.add(new SharedRecord(partition, timeline, wiring.bug()));
        }
        Map<String, ClusterNode> nodeById = new LinkedHashMap<>();
        this.fabric = new Fabric(wiring, records, new LeaseKeeper(timeline), new TicketPost(wiring), nodeById);
        int count = NODES[random.nextInt(NODES.length)];
        for (int i = 1; i <= count; i++) {
            // One node's replicas in real files are enough to compare.
            SimulatedNode.Media own = i == 1 ? media : Medium.Memory::of;
            ClusterNode node =
                    new ClusterNode("n" + i, fabric, walls.node(random.nextInt(OFF_MAX_MS)), disks(partitions, own));
            nodes.add(node);
            nodeById.put(node.id(), node);
        }
        this.checker = new ClusterChecker(fabric, nodes);
    }

    private List<Disk> disks(int partitions, SimulatedNode.Media media) {
        List<Disk> disks = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            disks.add(new Disk(timeline, faults, wiring.bug(), media.of(partition)));
            disks.getLast().mayFallBack();
        }
        return disks;
    }

    @Override
    public int partitions() {
        return fabric.records().size();
    }

    @Override
    public Store truth(int partition) {
        return fabric.records().get(partition).truth();
    }

    @Override
    public Optional<PartitionHandle> leader(int partition) {
        return nodes.stream()
                .filter(node -> !node.life().frozen() && node.leads(partition))
                .findFirst()
                .map(node -> node.loops().get(partition));
    }

    @Override
    public Door door(Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    List<ClusterNode> nodes() {
        return nodes;
    }

    ClusterChecker checker() {
        return checker;
    }

    @Override
    public void start() {
        nodes.forEach(ClusterNode::start);
        timeline.after(THIN_EVERY_MS, this::thin);
    }

    private void thin() {
        fabric.records().forEach(SharedRecord::thin);
        timeline.after(THIN_EVERY_MS, this::thin);
    }

    @Override
    public void close() {
        for (ClusterNode node : nodes) {
            for (int partition = 0; partition < partitions(); partition++) {
                node.disk(partition).close();
            }
        }
    }

    @Override
    public void afterWork(Runnable check) {
        nodes.forEach(node -> node.afterWork(() -> {
            checker.step();
            check.run();
        }));
    }

    private ClusterNode any() {
        return nodes.get(faults.measure(nodes.size()));
    }

    @Override
    public void trouble() {
        if (faults.now(Faults.Kind.NODE_DIES, 50)) {
            kill(any(), faults.measure(3) == 0 ? 30_000 + faults.measure(80_000) : faults.measure(15_000));
        }
        if (faults.now(Faults.Kind.EMPTY_DISK, 120)) {
            ClusterNode node = any();
            kill(node, faults.measure(20_000));
            timeline.log("its disks are changed for empty ones");
            for (int partition = 0; partition < partitions(); partition++) {
                node.disk(partition).wipe();
            }
        }
        if (faults.now(Faults.Kind.NODE_FREEZES, 50)) {
            freeze(any(), 500 + faults.measure(25_000));
        }
        if (faults.now(Faults.Kind.LEASE_LOST, 60)) {
            fabric.keeper().lose(any().id());
        }
        if (faults.now(Faults.Kind.NODE_DRAINS, 60)) {
            any().drain(5_000 + faults.measure(30_000));
        }
        cuts();
        if (faults.now(Faults.Kind.CLOCK_JUMPS, 40)) {
            ClusterNode node = any();
            long byMs = walls.jumpMs(faults);
            timeline.log("the clock of " + node.id() + " jumps by " + byMs);
            walls.jump(node.wall(), byMs);
        }
        if (faults.now(Faults.Kind.FULL_DISK, 60)) {
            ClusterNode node = any();
            timeline.log("a disk of " + node.id() + " is full");
            node.disk(faults.measure(partitions())).fullFor(faults.measure(20_000));
        }
    }

    private void cuts() {
        if (faults.now(Faults.Kind.CUT_FROM_COORDINATION, 40)) {
            cut(Lines.Line.COORDINATION);
        }
        if (faults.now(Faults.Kind.CUT_FROM_JOURNAL, 40)) {
            cut(Lines.Line.JOURNAL);
        }
        if (faults.now(Faults.Kind.CUT_FROM_OTHERS, 40)) {
            cut(Lines.Line.OTHERS);
        }
    }

    private void cut(Lines.Line line) {
        ClusterNode node = any();
        timeline.log(node.id() + " is " + node.lines().cut(line, faults, 15_000));
    }

    void kill(ClusterNode node, long forMs) {
        node.crash("killed");
        timeline.after(forMs, node::start);
    }

    void freeze(ClusterNode node, long ms) {
        timeline.log(node.id() + " freezes for " + ms);
        node.life().freeze(ms);
    }

    /** Who is down comes up when that was planned: a long absence is longer than most histories. */
    @Override
    public void heal() {
        nodes.forEach(node -> node.lines().mend());
    }

    /** What is not well: a partition that nobody leads, a node that does not take part; empty when all is. */
    Optional<String> unrest() {
        for (int partition = 0; partition < partitions(); partition++) {
            if (leader(partition).isEmpty()) {
                return Optional.of("nobody leads partition " + partition);
            }
        }
        return nodes.stream()
                .filter(node -> !node.well())
                .map(ClusterNode::condition)
                .findFirst();
    }
}
