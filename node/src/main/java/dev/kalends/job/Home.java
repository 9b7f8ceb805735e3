package dev.kalends.job;

/**
 * Which partition of a store a job belongs to: the one of its name, else of its key, so that what must be unique is
 * decided in one place; else any.
 *
 * @param partitions of the store, at least 1
 */
public record Home(int partitions) {
    public Home {
        if (partitions < 1) {
            throw new IllegalArgumentException("a store has at least one partition; partitions=" + partitions);
        }
    }

    /** The partition of a name. */
    public int ofName(String tenant, String name) {
        return at(Hash.of(tenant, name));
    }

    /** The partition of a new job: without name and key by the request and its place in it. */
    public int of(JobName name, String requestId, long place) {
        return of(name, Hash.of(requestId, Long.toString(place)));
    }

    /** The partition of a job that comes from another store: without name and key by the id that it had there. */
    public int of(JobName name, JobId before) {
        return of(name, Hash.mix(before.value(), 0));
    }

    private int of(JobName name, long otherwise) {
        return name.name()
                .or(name::key)
                .map(text -> ofName(name.tenant(), text))
                .orElseGet(() -> at(otherwise));
    }

    private int at(long hash) {
        return (int) Math.floorMod(hash, (long) partitions);
    }
}
