package dev.kalends.partition;

/** Decides commands. */
public final class Decider {
    private Decider() {}
}
