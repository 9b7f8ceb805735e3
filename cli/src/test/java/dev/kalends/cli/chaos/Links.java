package dev.kalends.cli.chaos;

/** The ways of one node to the servers. */
record Links(Link kafka, Link etcd) {
    void heal() {
        kafka.heal();
        etcd.heal();
    }
}
