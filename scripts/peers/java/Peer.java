package dev.kalends.peers;

/** A scheduler that is measured, with its workers in this process. Jobs do nothing but say that they started. */
interface Peer {
    /** Submits one job and returns when it is as durable as it will be. */
    void submit(long dueMs) throws Exception;

    /** Submits many jobs in the way that the peer's documentation gives for many. */
    void submitAll(long[] dueMs) throws Exception;
}
