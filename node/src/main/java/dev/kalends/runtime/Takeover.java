package dev.kalends.runtime;

import java.util.OptionalLong;

/**
 * A takeover under way: since when, up to where the record must be read, and how long each step took, which is what one
 * asks after a gap. Instants are monotonic nanoseconds of one clock. For the partition's thread.
 */
final class Takeover {
    private static final long STALL_NS = PartitionLoop.ns(30_000);
    private static final long NS_A_MS = 1_000_000;

    private final long sinceNs;
    private long stalledAtNs = Long.MAX_VALUE;
    private OptionalLong barrier = OptionalLong.empty();
    private long fencedNs;
    private long readNs;

    Takeover(long nowNs) {
        this.sinceNs = nowNs;
        this.fencedNs = nowNs;
        this.readNs = nowNs;
    }

    /** Where the barrier is; empty while earlier leaders are being shut out. */
    OptionalLong barrier() {
        return barrier;
    }

    /** Earlier leaders are shut out from a position on. */
    void fenced(long position, long nowNs) {
        barrier = OptionalLong.of(position);
        fencedNs = nowNs;
        progress(nowNs);
    }

    /** Something of the record came. */
    void progress(long nowNs) {
        stalledAtNs = nowNs + STALL_NS;
    }

    /** Whether the rest of the record has not come for too long. */
    boolean stalled(long nowNs) {
        return stalledAtNs != Long.MAX_VALUE && nowNs - stalledAtNs >= 0;
    }

    /** All that earlier leaders wrote is here. */
    void read(long nowNs) {
        readNs = nowNs;
    }

    /** How long the steps took, with the last one ending now. */
    String told(long nowNs) {
        return "tookMs=" + (nowNs - sinceNs) / NS_A_MS + " fenceMs=" + (fencedNs - sinceNs) / NS_A_MS + " readMs="
                + (readNs - fencedNs) / NS_A_MS + " loadMs=" + (nowNs - readNs) / NS_A_MS;
    }
}
