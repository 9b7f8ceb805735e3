package dev.kalends.job;

/** Why a run exists. Only scheduled runs count in the ledger and in fire skew. */
public enum RunKind {
    SCHEDULED(0, ""),
    MANUAL(1, "m"),
    BACKFILL(2, "b");

    private final int code;
    private final String mark;

    RunKind(int code, String mark) {
        this.code = code;
        this.mark = mark;
    }

    /** The letter before the number in a run id; empty for scheduled runs. */
    public String mark() {
        return mark;
    }

    /** A stable number, for records. */
    public int code() {
        return code;
    }

    /** The kind of a stable number; throws {@link IllegalArgumentException} when there is none. */
    public static RunKind ofCode(int code) {
        return switch (code) {
            case 0 -> SCHEDULED;
            case 1 -> MANUAL;
            case 2 -> BACKFILL;
            default -> throw new IllegalArgumentException("no such kind of run; code=" + code);
        };
    }
}
