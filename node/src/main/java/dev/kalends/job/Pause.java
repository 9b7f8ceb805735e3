package dev.kalends.job;

import java.util.Optional;

/**
 * Why a job is held back.
 *
 * @param by whose order it is
 * @param sinceMs when it was given
 * @param untilMs when it ends by itself; empty = when somebody resumes
 * @param reason for people, at most {@link Limits#REASON_BYTES_MAX} bytes
 */
public record Pause(By by, long sinceMs, Optional<Long> untilMs, Optional<String> reason) {
    /** Whose order a pause is. */
    public enum By {
        /** Of this job. */
        JOB,
        /** Of its whole tenant. */
        TENANT,
        /** Of everything. */
        EVERYTHING
    }

    /** Whether it ends by itself at or before an instant. */
    public boolean endsBy(long nowMs) {
        return untilMs.filter(until -> until <= nowMs).isPresent();
    }

    /** What the ledger says of a nominal instant that passed meanwhile. */
    public String verdictReason() {
        String whose = switch (by) {
            case JOB -> "paused";
            case TENANT -> "its tenant was paused";
            case EVERYTHING -> "everything was paused";
        };
        return reason.map(why -> whose + ": " + why).orElse(whose);
    }
}
