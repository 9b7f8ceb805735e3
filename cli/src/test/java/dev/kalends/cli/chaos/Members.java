package dev.kalends.cli.chaos;

import dev.kalends.api.ApiException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Nodes that come, go in good order, change their program, or have a wrong clock. */
final class Members {
    private static final Duration FOR_LONG = Duration.ofMinutes(2);
    private static final long HOUR_S = 3_600;

    /** Two workers with so few slots and jobs that take so long begin 20 a second; five times as many come due. */
    private static final int FEW_SLOTS = 4;

    private static final Duration HELD = Duration.ofMillis(400);
    private static final double RATE_FOR_MANY = 100;
    private static final int MOST_WORKERS = 8;
    /** Twice the workers must begin at least so many times as many. */
    private static final double FACTOR_MIN = 1.7;

    private Members() {}

    static List<Cell> cells() {
        return List.of(
                Cell.of("clock-ahead", "one node's wall clock jumps an hour ahead", 0, run -> jump(run, HOUR_S))
                        .under(load -> load.within(Duration.ofSeconds(20))),
                Cell.of("clock-behind", "one node's wall clock jumps an hour back", 0, run -> jump(run, -HOUR_S))
                        .under(load -> load.within(Duration.ofSeconds(20))),
                Cell.of(
                                "join",
                                "a fourth node joins with nothing and takes its share; no fire is missed",
                                0,
                                Members::join)
                        .under(load -> load.within(Duration.ofSeconds(5))),
                Cell.of("more-workers", "workers join until there are four times as many", 0, Members::moreWorkers)
                        .on(site -> site.working(2, FEW_SLOTS))
                        .under(load -> load.at(RATE_FOR_MANY, 90)
                                .sharing(0, 1)
                                .holding(HELD)
                                .within(Duration.ofMinutes(5))),
                Cell.of("drain", "drain a node, and let it in again: no gap above 500 ms", 500, Members::drain)
                        .under(load -> load.within(Duration.ofSeconds(2))),
                Cell.of(
                                "upgrade",
                                "all nodes to a higher feature level, back, up again, and finalise",
                                7_000,
                                Members::upgrade)
                        .under(load -> load.within(Duration.ofSeconds(15))));
    }

    /** A process reads the clock it was started with, so the node is started anew first. */
    private static void jump(CellRun run, long seconds) throws Exception {
        Site site = run.site();
        String node = run.someLeader().getKey();
        site.clock(node).prepare();
        replace(site, node, site.plan().program());
        run.note("a clock that can be moved: " + node);
        do {
            // A node takes back what is its own only after it was well for half a minute.
            Waits.until(
                    "the node leads something", FOR_LONG, () -> !led(site, node).isEmpty());
            run.calm(Duration.ofSeconds(5));
            Set<Integer> led = led(site, node);
            site.clock(node).move(seconds);
            run.mark("moved the clock of " + node + " by " + seconds + " s", led);
            run.calm(Duration.ofSeconds(10));
            site.clock(node).move(0);
            run.note("the clock of " + node + " is right again");
            run.calm(Duration.ofSeconds(5));
        } while (run.timeFor(Duration.ofSeconds(22)));
        site.awaitLeaders();
    }

    private static Set<Integer> led(Site site, String node) {
        Set<Integer> led = new java.util.TreeSet<>();
        site.leaders().forEach((partition, leader) -> {
            if (leader.equals(node)) {
                led.add(partition);
            }
        });
        return led;
    }

    private static void replace(Site site, String node, Path program) throws Exception {
        site.node(node).terminate();
        site.addNode(node, program);
        site.awaitListening(node);
        site.awaitLeaders();
    }

    private static void join(CellRun run) throws Exception {
        Site site = run.site();
        run.calm(Duration.ofSeconds(3));
        String node = "n" + (site.nodes().size() + 1);
        long startedMs = System.currentTimeMillis();
        site.addNode(node, site.plan().program());
        site.awaitListening(node);
        run.note(node + " listens; afterMs=" + (System.currentTimeMillis() - startedMs));
        Waits.until(
                "the new node leads something", FOR_LONG, () -> !led(site, node).isEmpty());
        run.note(node + " leads " + led(site, node) + "; afterMs=" + (System.currentTimeMillis() - startedMs));
    }

    /** What waits is more than they can do all the time, so only workers decide how much is done. */
    private static void moreWorkers(CellRun run) throws Exception {
        Site site = run.site();
        run.calm(Duration.ofSeconds(5));
        double before = 0;
        for (int workers = site.workers().size(); ; workers *= 2) {
            while (site.workers().size() < workers) {
                site.addWorker();
            }
            run.calm(Duration.ofSeconds(2));
            double now = run.beginsPerSecond(Duration.ofSeconds(10));
            run.note(String.format(Locale.ROOT, "%d workers: %.1f begin a second", workers, now));
            if (now < before * FACTOR_MIN) {
                throw new CellFailure("more workers do not do more; workers=" + workers);
            }
            if (before > 0 && workers >= MOST_WORKERS) {
                return;
            }
            before = now;
        }
    }

    private static void drain(CellRun run) throws Exception {
        Site site = run.site();
        do {
            run.calm(Duration.ofSeconds(3));
            Map.Entry<String, Set<Integer>> leader = run.someLeader();
            String node = leader.getKey();
            command(site, "nodes", "drain", node);
            run.mark("drained " + node, leader.getValue());
            Waits.until("it leads nothing", FOR_LONG, () -> led(site, node).isEmpty());
            site.awaitLeaders();
            run.calm(Duration.ofSeconds(2));
            command(site, "nodes", "undrain", node);
        } while (run.timeFor(Duration.ofSeconds(8)));
    }

    /** A command of the program, as an operator would type it. */
    private static void command(Site site, String... words) {
        List<String> all = new ArrayList<>(List.of(site.plan().program().toString()));
        all.addAll(List.of("--token-file", site.tokens().file().toString()));
        all.addAll(List.of(
                "--node",
                String.join(",", site.urls().stream().map(Object::toString).toList())));
        all.addAll(List.of(words));
        site.shell().run(all);
    }

    private static void upgrade(CellRun run) throws Exception {
        Site site = run.site();
        Path next = run.options().next();
        Path now = site.plan().program();
        site.shell().run(List.of(next.toString(), "version"));
        for (Path program : List.of(next, now, next)) {
            for (String node : site.nodes()) {
                Set<Integer> led = led(site, node);
                site.node(node).terminate();
                run.mark("stopped " + node + " to start " + (program.equals(next) ? "the next" : "the old"), led);
                site.addNode(node, program);
                site.awaitListening(node);
                site.awaitLeaders();
                run.calm(Duration.ofSeconds(2));
            }
        }
        command(site, "cluster", "finalize", "--yes");
        run.note("finalised");
        String node = site.nodes().getFirst();
        site.node(node).terminate();
        site.addNode(node, now);
        refuses(site, node);
        run.note("a node of the old level is refused");
        site.addNode(node, next);
        site.awaitListening(node);
        site.awaitLeaders();
    }

    /** What the new level wrote the old one cannot read: it must end, or lead nothing. */
    private static void refuses(Site site, String node) throws Exception {
        Waits.until("the old program gives up", Site.START, () -> {
            try {
                return !site.node(node).alive() || !site.client(node).readyz().equals("ready");
            } catch (ApiException e) {
                return !site.node(node).alive();
            }
        });
        site.node(node).kill();
    }
}
