package dev.kalends.job;

import java.util.Optional;

/**
 * How users know a job: its tenant, and within it perhaps a name (unique among live jobs) and a submit key.
 *
 * @param name 1 to 200 bytes, see semantics; {@code /} groups
 * @param key makes a submit repeatable; 1 to 200 bytes
 */
public record JobName(String tenant, Optional<String> name, Optional<String> key) {
    /** The tenant of requests that name none. */
    public static final String DEFAULT_TENANT = "default";

    /** The name, or the id where there is none: how messages call the job. */
    public String display(JobId id) {
        return name.orElseGet(id::toString);
    }

    /** The seed of {@code H} fields and of splay: stable over edits and restores for named jobs. */
    public long hashSeed(JobId id) {
        return Hash.of(tenant, display(id));
    }
}
