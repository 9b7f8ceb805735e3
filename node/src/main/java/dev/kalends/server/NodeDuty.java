package dev.kalends.server;

import dev.kalends.api.CheckView;
import java.util.List;
import java.util.Optional;

/** What an operator may have this node do with its part in the cluster; implemented by the node. */
public interface NodeDuty {
    /** From now on it leads nothing: it gives its partitions back, and takes none until {@link #undrain}. */
    void drain();

    /** Takes part again. */
    void undrain();

    /** Gives one partition back, which another node takes then, or this one again when there is none. */
    void stepDown(int partition);

    /** What is left of this node's leadership of a partition; empty when that does not expire, or it does not lead. */
    Optional<Trust> trust(int partition);

    /** What this node finds out about what it depends on; may take some seconds. */
    List<CheckView> checks();

    /**
     * Leadership that expires.
     *
     * @param leftMs how long it is trusted without another renewal
     * @param ttlMs how long it lasts after a renewal
     * @param renewedAgoMs since the last confirmed renewal was sent
     */
    record Trust(long leftMs, long ttlMs, long renewedAgoMs) {}
}
