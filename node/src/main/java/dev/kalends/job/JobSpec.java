package dev.kalends.job;

import java.util.Map;

/**
 * What to run and when: one generation of a job, immutable.
 *
 * @param generation rises with each edit, from 1
 * @param acceptedMs when this generation was accepted
 */
public record JobSpec(
        JobId id,
        int generation,
        JobName name,
        Schedule schedule,
        Window window,
        Work work,
        Policy policy,
        Map<String, String> labels,
        long acceptedMs) {
    public JobSpec {
        labels = Map.copyOf(labels);
    }

    /** The tenant that owns the job. */
    public String tenant() {
        return name.tenant();
    }

    /** The name, or the id where there is none: how messages call the job. */
    public String display() {
        return name.display(id);
    }

    /** The seed of {@code H} fields and of splay: stable over edits and restores for named jobs. */
    public long hashSeed() {
        return name.hashSeed(id);
    }

    /** When a nominal instant is due: moved by the splay, at acceptance if that is later. */
    public long dueMs(long nominalMs) {
        return Math.max(nominalMs + movedMs(), acceptedMs);
    }

    /** By how much each due instant is moved: a stable amount of 0 to the splay. */
    public long movedMs() {
        return window.movedMs(id, name);
    }
}
