package dev.kalends.node;

/** How a node's process ends, for whoever supervises it. */
public enum NodeExit {
    /** It was asked to stop, and did. */
    DRAINED(0),
    /** Something failed that nobody foresaw. */
    INTERNAL(1),
    /** Something that it needs is not there: the port is taken, the data cannot be used. */
    UNAVAILABLE(69),
    /** It may work again without any change: the disk is full. */
    TEMPORARY(75),
    /** It must be configured otherwise first. */
    CONFIGURATION(78);

    private final int status;

    NodeExit(int status) {
        this.status = status;
    }

    /** The exit status of the process. */
    public int status() {
        return status;
    }
}
