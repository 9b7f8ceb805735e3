package dev.kalends.verdict;

import java.util.Locale;

/** What can become of a nominal instant. */
public enum Verdict {
    /** Its run succeeded. */
    SUCCEEDED,
    /** Its run used up its attempts. */
    DEAD,
    /** Its run, or its job before it came due, was cancelled. */
    CANCELLED,
    /** A worker executes its run. */
    RUNNING,
    /** Its run failed and waits for another attempt. */
    RETRYING,
    /** It fired, and its run waits for a worker. */
    READY,
    /** It fired, and its run waits for another run of the same job. */
    HELD,
    /** It fired, and its run waits for room under a limit key. */
    THROTTLED,
    /** It was passed over: an earlier run was open, a pause held it back, a later run took its place. */
    SKIPPED,
    /** Nobody could fire it when it came due, or nobody could start it in time. */
    MISSED,
    /** It came due and a pause holds it back. */
    PAUSED,
    /** It has not come due. */
    NOT_YET,
    /** It came due and was not decided yet. */
    OVERDUE,
    /** The schedule says nothing of this instant. */
    NOT_A_FIRE,
    /** It lies before the job was accepted. */
    NOT_ACCEPTED,
    /** It was decided, and what became of it is no longer kept. */
    NO_RECORD;

    /** The word in JSON, such as {@code not_yet}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
