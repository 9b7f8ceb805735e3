package dev.kalends.rehearsal;

import dev.kalends.job.LedgerLine;

/** Nominal instants by what they came to. */
public record Counted(long succeeded, long dead, long cancelled, long skipped, long missed) {
    /** None yet. */
    public static final Counted NONE = new Counted(0, 0, 0, 0, 0);

    Counted and(LedgerLine line) {
        long n = line.count();
        return switch (line.verdict()) {
            case SUCCEEDED -> new Counted(succeeded + n, dead, cancelled, skipped, missed);
            case DEAD -> new Counted(succeeded, dead + n, cancelled, skipped, missed);
            case CANCELLED -> new Counted(succeeded, dead, cancelled + n, skipped, missed);
            case SKIPPED -> new Counted(succeeded, dead, cancelled, skipped + n, missed);
            case MISSED -> new Counted(succeeded, dead, cancelled, skipped, missed + n);
            case READY, LEASED, RETRYING -> throw new IllegalArgumentException("no verdict; state=" + line.verdict());
        };
    }

    Counted and(Counted other) {
        return new Counted(
                succeeded + other.succeeded,
                dead + other.dead,
                cancelled + other.cancelled,
                skipped + other.skipped,
                missed + other.missed);
    }
}
