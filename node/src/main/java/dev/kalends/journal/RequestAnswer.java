package dev.kalends.journal;

import dev.kalends.job.JobId;
import java.util.List;
import java.util.Optional;

/**
 * What was answered under a client-made request id; a repeat gets the same.
 *
 * @param expiresMs when it may be forgotten
 * @param bodyHash hash of the request, so that an id used for something else is refused
 * @param lines one per job of the request, in order; a single command has one
 */
public record RequestAnswer(String requestId, long expiresMs, long bodyHash, List<Line> lines) {
    public RequestAnswer {
        lines = List.copyOf(lines);
    }

    /**
     * The outcome for one job.
     *
     * @param job the job made or found; empty when the line was refused or the command names none
     * @param nextDueMs the fire that was announced, or -1
     * @param created whether this request made the job
     * @param text the error {@code code: message} of a refused line, or what the command answered
     */
    public record Line(Optional<JobId> job, long nextDueMs, boolean created, Optional<String> text) {}
}
