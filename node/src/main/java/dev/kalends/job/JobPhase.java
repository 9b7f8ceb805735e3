package dev.kalends.job;

/** Where a job stands in its life. A one-off that never fired has no state row and is {@link #SCHEDULED}. */
public enum JobPhase {
    /** It has a next fire, or can be triggered. */
    SCHEDULED,
    PAUSED,
    /** Its schedule is used up and its last run ended. */
    FINISHED,
    CANCELLED;

    /** Whether nothing fires any more: only an open run may still be on its way. */
    public boolean isOver() {
        return this == FINISHED || this == CANCELLED;
    }
}
