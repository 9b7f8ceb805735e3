package dev.kalends.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * One history: a seed draws the workload and the faults, virtual time runs, and at last everything is left in peace
 * until it has come to rest.
 */
final class Simulation {
    private static final long ACTIVE_MS = 240_000;
    /** Of a cluster, where more happens at a time. */
    private static final long CLUSTER_ACTIVE_MS = 90_000;

    private static final long REST_MAX_MS = 3_600_000L;
    private static final int FILES_ONE_IN = 20;
    private static final long REST_STRETCH_MS = 1_000;
    /** More than a takeover takes. */
    private static final int SETTLE_STRETCHES = 30;

    private static final int REQUESTS_COMPARED = 20;
    private static final int LINES_SHOWN = Integer.getInteger("kalends.sim.lines", 60);

    private final Timeline timeline = new Timeline();
    private final WallHistory walls = new WallHistory(timeline);
    private final Random random;
    private final PlantedBug bug;
    private final Faults faults;
    private final House house;
    private final Model model;
    private final Clients clients;
    private final WorkerLink link;
    private final Checker checker;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private int born;
    private long events;

    /**
     * What came out of a history.
     *
     * @param faults that happened, in order
     */
    record Outcome(
            long seed, Length length, List<Faults.Fault> faults, Optional<Violation> violation, String lastLines) {
        /** For people: what broke, what happened before, and how to see it again. */
        String report() {
            return violation
                    .map(broken -> "seed " + seed + " broke " + broken.invariant() + ": " + broken.getMessage()
                            + "\nthe last events (elapsed ms, wall ms since the first day):\n" + lastLines
                            + "replay it: scripts/simulate --seed " + seed)
                    .orElse("seed " + seed + " holds; events=" + length.events() + " elapsedMs=" + length.elapsedMs()
                            + " faults=" + faults.size());
        }
    }

    /** How long a history was. */
    record Length(long events, long elapsedMs) {}

    private Simulation(long seed, PlantedBug bug, Predicate<Faults.Fault> allowed) {
        this.bug = bug;
        this.random = new Random(seed * 0x9e3779b97f4a7c15L + 1);
        this.faults = new Faults(seed, timeline, allowed);
        Network network = new Network(timeline, faults, random);
        Wiring wiring = new Wiring(timeline, faults, random, bug, network);
        this.house = isCluster(seed)
                ? new Cluster(wiring, walls, media(seed))
                : new SimulatedNode(wiring, walls, media(seed));
        this.model = new Model(timeline, walls);
        this.clients = new Clients(timeline, network, house, model, random);
        this.link = new WorkerLink(network, house, random);
        this.checker = new Checker(house, model);
        cluster().ifPresent(cluster -> cluster.checker().requests(() -> clients.lastRequests(REQUESTS_COMPARED)));
    }

    /** Two histories of three are of a cluster. */
    static boolean isCluster(long seed) {
        return seed % 3 != 0;
    }

    private Optional<Cluster> cluster() {
        return house instanceof Cluster cluster ? Optional.of(cluster) : Optional.empty();
    }

    /** One seed in so many is kept in real files. */
    private static SimulatedNode.Media media(long seed) {
        return seed % FILES_ONE_IN == FILES_ONE_IN - 1 ? Medium.File::new : Medium.Memory::of;
    }

    /** Runs the history of a seed. */
    static Outcome run(long seed, PlantedBug bug) {
        return run(seed, bug, _ -> true);
    }

    /** Runs the history of a seed with some of its faults only. */
    static Outcome run(long seed, PlantedBug bug, Predicate<Faults.Fault> allowed) {
        Simulation simulation = new Simulation(seed, bug, allowed);
        Optional<Violation> violation = Optional.empty();
        try {
            simulation.history();
        } catch (Violation broken) {
            violation = Optional.of(broken);
        } catch (RuntimeException e) {
            violation = Optional.of(new Violation(Invariant.NOTHING_THROWS, e.toString()));
            violation.get().initCause(e);
        } finally {
            simulation.house.close();
        }
        return new Outcome(
                seed,
                new Length(simulation.events, simulation.timeline.elapsedMs()),
                simulation.faults.happened(),
                violation,
                simulation.timeline.lastLines(LINES_SHOWN));
    }

    private void history() {
        house.afterWork(checker::step);
        house.start();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            hire(i);
        }
        clients.begin(10 + random.nextInt(cluster().isPresent() ? 25 : 40), activeMs());
        timeline.after(1_000, this::mischief);
        while (timeline.elapsedMs() < activeMs()) {
            step();
        }
        timeline.log("faults end");
        faults.end();
        house.heal();
        cluster().ifPresent(cluster -> new Drill(cluster, timeline, random, this::step).hold());
        rest();
        checker.end();
        cluster().ifPresent(this::settle);
    }

    /** A partition that is given back just now has a new leader, and every replica everything, before long. */
    private void settle(Cluster cluster) {
        for (int i = 0; i < SETTLE_STRETCHES && !cluster.checker().complete(); i++) {
            passStretch();
        }
        cluster.checker().end();
    }

    private long activeMs() {
        return cluster().isPresent() ? CLUSTER_ACTIVE_MS : ACTIVE_MS;
    }

    private void step() {
        events++;
        if (!timeline.step()) {
            throw new Violation(Invariant.NOTHING_THROWS, "nothing is planned any more");
        }
    }

    private void hire(int place) {
        SimulatedWorker worker = new SimulatedWorker("w" + place + "." + ++born, link, model, random, bug);
        if (place < workers.size()) {
            workers.set(place, worker);
        } else {
            workers.add(worker);
        }
        worker.start();
    }

    /** Now and then something goes wrong by itself. */
    private void mischief() {
        if (faults.over()) {
            return;
        }
        if (faults.now(Faults.Kind.WORKER_DIES, 40)) {
            int place = faults.measure(workers.size());
            workers.get(place).kill();
            timeline.after(faults.measure(10_000), () -> hire(place));
        }
        if (faults.now(Faults.Kind.WORKER_FREEZES, 30)) {
            workers.get(faults.measure(workers.size())).freeze(1_000 + faults.measure(40_000));
        }
        house.trouble();
        timeline.after(1_000, this::mischief);
    }

    private void rest() {
        long untilMs = timeline.elapsedMs() + REST_MAX_MS;
        Optional<String> unfinished = Optional.of("nothing was looked at");
        TicketWatch tickets = new TicketWatch(house, timeline);
        while (unfinished.isPresent()) {
            if (workers.stream().noneMatch(SimulatedWorker::asks)) {
                tickets.nobodyAsks();
            }
            tickets.look();
            if (timeline.elapsedMs() > untilMs) {
                throw new Violation(Invariant.NO_LOST_RUN, unfinished.get());
            }
            passStretch();
            if (clients.idle()) {
                clients.holds().release();
            }
            unfinished = clients.idle() ? checker.unfinished() : Optional.of("a request is never answered");
            if (unfinished.isEmpty() && clients.holds().any()) {
                unfinished = Optional.of("something is held back for ever");
            }
        }
        passStretch();
    }

    private void passStretch() {
        long untilMs = timeline.elapsedMs() + REST_STRETCH_MS;
        while (timeline.elapsedMs() < untilMs) {
            step();
        }
    }
}
