package dev.kalends.sim;

import dev.kalends.journal.Store;
import dev.kalends.runtime.PartitionHandle;
import java.util.Optional;
import java.util.Random;

/** What clients and workers speak to: one node with its disks, or a cluster. */
interface House {
    int partitions();

    /** What is really committed of a partition, whoever knows it. */
    Store truth(int partition);

    /** Whoever leads a partition, if somebody does. */
    Optional<PartitionHandle> leader(int partition);

    /** Where a request goes in. */
    Door door(Random random);

    /** Everything that is down comes up. */
    void start();

    /** The history is over. */
    void close();

    /** Called whenever a node has come to rest. */
    void afterWork(Runnable check);

    /** Each second: something may go wrong with a node. */
    void trouble();

    /** Faults are over: what is cut is mended, what is down comes up by itself. */
    void heal();
}
