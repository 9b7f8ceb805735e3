package dev.kalends.peers;

/** One contestant, ready to be measured. */
interface Measuring extends AutoCloseable {
    void measure(Workload workload, Results into) throws Exception;

    /** The server under it and its version; empty without one. */
    String server() throws Exception;

    @Override
    void close() throws Exception;
}
