package dev.kalends.node;

import dev.kalends.api.CheckView;
import dev.kalends.lease.Fitness;
import dev.kalends.relay.ClockVerdict;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.Replicas;
import dev.kalends.runtime.Seats;
import dev.kalends.server.NodeDuty;
import dev.kalends.time.MonotonicClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What this node leads and may lead: by its surroundings, its clock, and what an operator said. */
final class Duty implements NodeDuty {
    /** So long a partition that was stepped down from is left to others. */
    private static final long STEPPED_DOWN_NS = TimeUnit.SECONDS.toNanos(5);

    private final String node;
    private final Path directory;
    private final Ground ground;
    private final MonotonicClock clock;
    private final Supplier<ClockVerdict> verdict;
    private final Map<Integer, Long> untilNsByPartition = new ConcurrentHashMap<>();
    private volatile List<PartitionHandle> replicas = List.of();
    private volatile Optional<Seats> seats = Optional.empty();
    private volatile Optional<Replicas> holding = Optional.empty();
    private volatile boolean draining;

    /**
     * Of a node.
     *
     * @param directory where it keeps its data
     */
    Duty(String node, Path directory, Ground ground, MonotonicClock clock, Supplier<ClockVerdict> verdict) {
        this.node = node;
        this.directory = directory;
        this.ground = ground;
        this.clock = clock;
        this.verdict = verdict;
    }

    /**
     * From now on it speaks of these.
     *
     * @param kept what says which of them are held; empty where all are
     */
    void begin(List<PartitionHandle> here, Seats theirs, Optional<Replicas> kept) {
        replicas = here;
        holding = kept;
        seats = Optional.of(theirs);
    }

    /** What the node is fit for now. */
    Fitness fitness() {
        if (draining) {
            return Fitness.none(Fitness.DRAINING);
        }
        ClockVerdict clocks = verdict.get();
        if (clocks.level() == ClockVerdict.Level.UNFIT) {
            return Fitness.none(clocks.text());
        }
        long nowNs = clock.nowNs();
        untilNsByPartition.values().removeIf(untilNs -> untilNs - nowNs <= 0);
        Fitness able = ground.fitness(replicas).without(Set.copyOf(untilNsByPartition.keySet()));
        return holding.map(kept -> able.without(kept.unfit())).orElse(able);
    }

    @Override
    public void drain() {
        draining = true;
        seats.ifPresent(Seats::hint);
    }

    @Override
    public void undrain() {
        draining = false;
        seats.ifPresent(Seats::hint);
    }

    @Override
    public void stepDown(int partition) {
        untilNsByPartition.put(partition, clock.nowNs() + STEPPED_DOWN_NS);
        seats.ifPresent(Seats::hint);
    }

    @Override
    public Optional<Trust> trust(int partition) {
        return ground.trust(partition);
    }

    @Override
    public List<CheckView> checks() {
        List<CheckView> checks = new ArrayList<>();
        checks.add(OwnChecks.room(node, directory));
        List<CheckView> services = ground.checks();
        if (!services.isEmpty()) {
            // A node alone has nobody to differ from, and nothing to be behind of.
            checks.add(OwnChecks.clock(node, verdict.get()));
            checks.add(OwnChecks.lag(node, replicas));
        }
        checks.addAll(services);
        return checks;
    }

    /** Whether nothing is led here any more. */
    boolean leadsNothing() {
        return replicas.stream().noneMatch(replica -> replica.status().leading());
    }
}
