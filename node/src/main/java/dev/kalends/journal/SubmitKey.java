package dev.kalends.journal;

import dev.kalends.job.JobId;
import java.util.Optional;

/**
 * A submit key with the job it made: the same key and body again gets the same answer.
 *
 * @param bodyHash hash of the request as sent
 * @param expiresMs when it may be forgotten; 0 while the job lives
 */
public record SubmitKey(Id id, JobId job, long bodyHash, long expiresMs) {
    /** A key is unique within tenant and name. */
    public record Id(String tenant, Optional<String> name, String key) {}
}
