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

    /** How nodes reach the servers: directly, or each over links of its own that can be cut. */
    enum Wiring {
        DIRECT,
        LINKS
    }

    SitePlan wired(Wiring other) {
        return new SitePlan(home, other, nodes, workers, slots, partitions, program);
    }
}
