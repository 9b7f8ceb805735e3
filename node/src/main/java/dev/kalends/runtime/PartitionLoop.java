package dev.kalends.runtime;

/** One partition's thread. */
public final class PartitionLoop {
    private PartitionLoop() {}
}
