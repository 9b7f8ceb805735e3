package dev.kalends.job;

/** Why a run exists. Only scheduled runs count in the ledger and in fire skew. */
public enum RunKind {
    SCHEDULED(""),
    MANUAL("m"),
    BACKFILL("b");

    private final String mark;

    RunKind(String mark) {
        this.mark = mark;
    }

    /** The letter before the number in a run id; empty for scheduled runs. */
    public String mark() {
        return mark;
    }
}
