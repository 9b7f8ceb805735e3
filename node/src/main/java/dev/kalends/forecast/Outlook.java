package dev.kalends.forecast;

import dev.kalends.journal.Buckets;
import java.util.List;
import java.util.Optional;

/**
 * What is to come, by buckets.
 *
 * @param repeating fires of jobs that repeat, by bucket
 * @param once fires of one-offs, by bucket
 * @param estimated fires of one-offs that were not counted one by one, but are told from a part of the jobs
 * @param repeatingJobs jobs that repeat and have a fire ahead, in the buckets or later
 * @param pausedJobs jobs that were left out because they are paused
 */
public record Outlook(
        Buckets buckets,
        long[] repeating,
        long[] once,
        long estimated,
        long repeatingJobs,
        long pausedJobs,
        Walls.Found walls) {

    /** All fires in a bucket. */
    public long in(int bucket) {
        return repeating[bucket] + once[bucket];
    }

    /**
     * A bucket that towers above the others.
     *
     * @param fires all fires in it
     * @param shares who fires in it, the most first
     */
    public record Wall(int bucket, long fires, List<Share> shares, Optional<Relief> relief) {}

    /** What one source has of a wall. */
    public record Share(Source source, long fires) {}

    /**
     * What would flatten a wall.
     *
     * @param splayMs how far its jobs should be spread
     * @param jobs how many jobs have to be edited
     * @param peak the most fires that a bucket there would then hold
     */
    public record Relief(long splayMs, long jobs, long peak) {}
}
