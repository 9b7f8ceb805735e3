package dev.kalends.lease;

/** What a member should do about a partition now. */
public sealed interface Move {
    int partition();

    /** Try to own it. */
    record Take(int partition) implements Move {}

    /** Stop leading it and release it. */
    record GiveBack(int partition, String because) implements Move {}
}
