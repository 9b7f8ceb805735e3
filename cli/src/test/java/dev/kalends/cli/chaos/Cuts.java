package dev.kalends.cli.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Networks that are cut, and servers behind them that come and go. */
final class Cuts {
    private static final Duration CUT = Duration.ofSeconds(15);
    private static final long TAKEOVER_MS = 7_000;
    private static final Duration WINDOW = Duration.ofSeconds(25);

    private Cuts() {}

    /** What is done to the links of a node. */
    @FunctionalInterface
    private interface Damage {
        void to(Links links);
    }

    static List<Cell> cells() {
        return List.of(
                cut(
                        "cut-etcd",
                        "cut a leader off from etcd only",
                        links -> links.etcd().cut()),
                cut(
                        "cut-kafka",
                        "cut a leader off from Kafka only",
                        links -> links.kafka().cut()),
                cut("cut-both", "cut a leader off from etcd and Kafka", links -> {
                    links.etcd().cut();
                    links.kafka().cut();
                }),
                cut(
                        "cut-world",
                        "cut a leader off from everybody",
                        links -> links.world().cut()),
                cut("cut-one-way", "a leader's requests arrive, their answers do not, at etcd and Kafka", links -> {
                    links.etcd().holdAnswers();
                    links.kafka().holdAnswers();
                }),
                Cell.of("flapping", "cut and heal a leader's links every second", TAKEOVER_MS, Cuts::flap)
                        .on(site -> site.wired(cuttable()))
                        .under(load -> load.within(WINDOW)),
                Cell.of(
                                "lost-commit",
                                "the answer to a commit is lost, again and again",
                                TAKEOVER_MS,
                                Cuts::loseCommits)
                        .on(site -> site.wired(SitePlan.Wiring.LINKS))
                        .under(load -> load.within(WINDOW)),
                Cell.of("broker-restart", "kill -9 the broker, start it again", 0, Cuts::restartBroker)
                        .under(load -> load.within(Duration.ofSeconds(30))),
                Cell.of("etcd-restart", "kill -9 etcd, start it again", 0, Cuts::restartEtcd)
                        .under(load -> load.within(Duration.ofSeconds(20))));
    }

    private static Cell cut(String name, String about, Damage damage) {
        return Cell.of(name, about, TAKEOVER_MS, run -> cut(run, damage))
                .on(site -> site.wired(cuttable()))
                .under(load -> load.within(WINDOW));
    }

    /** Networks where they can be had, else proxies. */
    private static SitePlan.Wiring cuttable() {
        return Spaces.areThere() ? SitePlan.Wiring.SPACES : SitePlan.Wiring.LINKS;
    }

    private static void cut(CellRun run, Damage damage) throws Exception {
        do {
            run.calm(Duration.ofSeconds(2));
            Map.Entry<String, Set<Integer>> leader = run.someLeader();
            Links links = run.site().links(leader.getKey());
            damage.to(links);
            run.mark("cut off " + leader.getKey(), leader.getValue());
            Waits.pass(CUT);
            links.heal();
            run.note("healed " + leader.getKey());
            run.calm(Duration.ofSeconds(3));
            stillThere(run.site(), leader.getKey());
            run.site().awaitLeaders();
        } while (run.timeFor(CUT.plusSeconds(6)));
    }

    private static void stillThere(Site site, String node) {
        if (!site.node(node).alive()) {
            throw new CellFailure("the node ended while it was cut off; node=" + node);
        }
    }

    private static void flap(CellRun run) throws Exception {
        while (run.timeFor(Duration.ofSeconds(12))) {
            Map.Entry<String, Set<Integer>> leader = run.someLeader();
            Links links = run.site().links(leader.getKey());
            run.mark("flapping " + leader.getKey(), leader.getValue());
            for (int i = 0; i < 5; i++) {
                links.kafka().cut();
                links.etcd().cut();
                run.calm(Duration.ofSeconds(1));
                links.heal();
                run.calm(Duration.ofSeconds(1));
            }
            stillThere(run.site(), leader.getKey());
        }
    }

    private static void loseCommits(CellRun run) throws Exception {
        while (run.timeFor(Duration.ofSeconds(3))) {
            Map.Entry<String, Set<Integer>> leader = run.someLeader();
            run.site().links(leader.getKey()).proxy().orElseThrow().loseCommit();
            run.calm(Duration.ofSeconds(3));
        }
        int lost = 0;
        for (String node : run.site().nodes()) {
            lost += run.site().links(node).proxy().orElseThrow().commitsLost();
        }
        run.note("answers to commits lost: " + lost);
        if (lost == 0) {
            throw new CellFailure("no answer was lost: the cell has shown nothing");
        }
    }

    private static void restartBroker(CellRun run) throws Exception {
        do {
            run.calm(Duration.ofSeconds(3));
            run.site().servers().brokerProcess().kill();
            run.mark("killed the broker", run.allPartitions());
            run.calm(Duration.ofSeconds(3));
            run.site().servers().startBroker();
            run.note("the broker serves again");
            run.calm(Duration.ofSeconds(4));
            run.site().awaitLeaders();
        } while (run.timeFor(Duration.ofSeconds(25)));
    }

    private static void restartEtcd(CellRun run) throws Exception {
        do {
            run.calm(Duration.ofSeconds(3));
            run.site().servers().etcdProcess().kill();
            run.mark("killed etcd", run.allPartitions());
            run.calm(Duration.ofSeconds(2));
            run.site().servers().startEtcd();
            run.note("etcd serves again");
            run.calm(Duration.ofSeconds(6));
            run.site().awaitLeaders();
        } while (run.timeFor(Duration.ofSeconds(15)));
    }
}
