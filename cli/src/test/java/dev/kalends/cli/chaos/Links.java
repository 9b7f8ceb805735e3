package dev.kalends.cli.chaos;

import java.util.Optional;

/**
 * The ways of one node.
 *
 * @param world to everybody: servers, peers, workers, clients; where a wiring cannot cut that, to the servers
 * @param proxy that the way to Kafka leads through, if it is one
 */
record Links(Way kafka, Way etcd, Way world, Optional<Link> proxy) {
    static Links of(Link kafka, Link etcd) {
        return new Links(kafka, etcd, both(kafka, etcd), Optional.of(kafka));
    }

    void heal() {
        kafka.heal();
        etcd.heal();
        world.heal();
    }

    static Way both(Way one, Way other) {
        return new Way() {
            @Override
            public void cut() {
                one.cut();
                other.cut();
            }

            @Override
            public void holdAnswers() {
                one.holdAnswers();
                other.holdAnswers();
            }

            @Override
            public void heal() {
                one.heal();
                other.heal();
            }
        };
    }
}
