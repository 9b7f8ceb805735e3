package dev.kalends.cli.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Processes that are killed or frozen. */
final class Kills {
    private static final Duration MEMBER_TTL = Duration.ofSeconds(5);
    private static final Duration RUN_TTL = Duration.ofSeconds(15);

    private Kills() {}

    static List<Cell> cells() {
        return List.of(
                Cell.of(
                        "kill-leader",
                        "kill -9 a leader, start it again, as often as time allows",
                        MEMBER_TTL.toMillis() + 2_000,
                        Kills::killLeader),
                Cell.of(
                                "kill-worker",
                                "kill -9 a worker with runs under way",
                                RUN_TTL.toMillis() + 2_000,
                                Kills::killWorker)
                        .under(load -> load.holding(Duration.ofMillis(300)).within(RUN_TTL.plusSeconds(5))),
                Cell.of(
                                "stop-leader",
                                "SIGSTOP a leader for three TTLs, then SIGCONT: nothing it does after that lands",
                                MEMBER_TTL.toMillis() + 2_000,
                                Kills::stopLeader)
                        .under(load -> load.within(RUN_TTL.plusSeconds(5))),
                Cell.of(
                                "stop-worker",
                                "SIGSTOP a worker for longer than its leases, then SIGCONT",
                                0,
                                Kills::stopWorker)
                        .under(load -> load.holding(Duration.ofMillis(300)).within(RUN_TTL.plusSeconds(5))));
    }

    private static void killLeader(CellRun run) throws Exception {
        Site site = run.site();
        do {
            run.calm(Duration.ofSeconds(2));
            Map.Entry<String, Set<Integer>> leader = run.someLeader();
            ChildProcess process = site.node(leader.getKey());
            process.kill();
            run.mark("killed " + leader.getKey(), leader.getValue());
            run.calm(MEMBER_TTL.plusSeconds(3));
            process.start();
            site.awaitListening(leader.getKey());
            site.awaitLeaders();
        } while (run.timeFor(Duration.ofSeconds(15)));
    }

    private static void killWorker(CellRun run) throws Exception {
        do {
            run.calm(Duration.ofSeconds(3));
            ChildProcess worker = run.oneOf(run.site().workers());
            worker.kill();
            run.mark("killed " + worker.name(), Set.of());
            run.calm(Duration.ofSeconds(2));
            worker.start();
            worker.awaitLog(" slots", Site.START);
        } while (run.timeFor(Duration.ofSeconds(8)));
    }

    private static void stopLeader(CellRun run) throws Exception {
        Site site = run.site();
        do {
            run.calm(Duration.ofSeconds(2));
            Map.Entry<String, Set<Integer>> leader = run.someLeader();
            ChildProcess process = site.node(leader.getKey());
            process.freeze();
            run.mark("froze " + leader.getKey(), leader.getValue());
            Waits.pass(MEMBER_TTL.multipliedBy(3));
            process.thaw();
            run.note("thawed " + leader.getKey());
            Waits.until("the node that was frozen answers", Site.START, () -> answers(site, leader.getKey()));
            if (!process.alive()) {
                throw new CellFailure("the node that was frozen has ended; node=" + leader.getKey());
            }
            site.awaitLeaders();
        } while (run.timeFor(Duration.ofSeconds(22)));
    }

    private static boolean answers(Site site, String node) {
        try {
            return !site.client(node).livez().isEmpty();
        } catch (dev.kalends.api.ApiException e) {
            return false;
        }
    }

    private static void stopWorker(CellRun run) {
        do {
            run.calm(Duration.ofSeconds(3));
            ChildProcess worker = run.oneOf(run.site().workers());
            worker.freeze();
            run.note("froze " + worker.name());
            Waits.pass(RUN_TTL.plusSeconds(4));
            worker.thaw();
            run.note("thawed " + worker.name());
        } while (run.timeFor(Duration.ofSeconds(24)));
    }
}
