package dev.kalends.job;

/** The tier of a run among the waiting ones of its queue. Lower tiers age: nothing waits for ever. */
public enum Priority {
    HIGH(0),
    NORMAL(1),
    LOW(2);

    private final int tier;

    Priority(int tier) {
        this.tier = tier;
    }

    /** From 0, the first to be served. */
    public int tier() {
        return tier;
    }
}
