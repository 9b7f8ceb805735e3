package dev.kalends.cli.chaos;

import java.nio.file.Path;

/**
 * What a site is made of.
 *
 * @param program the program of all nodes and workers at first
 */
record SitePlan(Home home, Wiring wiring, int nodes, int workers, int slots, int partitions, Path program) {
    /** One process with a directory, or a cluster. */
    enum Home {
        EMBEDDED,
        CLUSTER
    }

    /** How nodes reach the servers: directly, each through proxies of its own, or each from a network of its own. */
    enum Wiring {
        DIRECT,
        LINKS,
        SPACES
    }

    SitePlan working(int otherWorkers, int otherSlots) {
        return new SitePlan(home, wiring, nodes, otherWorkers, otherSlots, partitions, program);
    }

    SitePlan wired(Wiring other) {
        return new SitePlan(home, other, nodes, workers, slots, partitions, program);
    }
}
