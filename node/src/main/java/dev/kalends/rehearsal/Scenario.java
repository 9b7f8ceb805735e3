package dev.kalends.rehearsal;

import dev.kalends.job.Backfill;
import dev.kalends.job.PauseOrder;
import dev.kalends.partition.Draft;
import java.util.List;

/**
 * What is rehearsed.
 *
 * @param jobs those that exist
 * @param drafts further ones, which are submitted when the rehearsal begins
 */
public record Scenario(List<Subject> jobs, List<Draft> drafts, Orders orders, Course course, Crew crew) {
    /** Jobs at most, drafts included. */
    public static final int JOBS_MAX = 10_000;

    /** What was ordered before and goes on: pauses of tenants and of everything, backfills of the jobs. */
    public record Orders(List<PauseOrder> pauses, List<Backfill> backfills) {
        /** None. */
        public static final Orders NONE = new Orders(List.of(), List.of());

        public Orders {
            pauses = List.copyOf(pauses);
            backfills = List.copyOf(backfills);
        }
    }

    /**
     * The workers: they claim as real ones do, and executing is only waiting.
     *
     * @param slots executions at a time, of all workers together
     * @param takesMs how long a run takes whose job does not say
     */
    public record Crew(int slots, long takesMs) {
        /** Slots at most. */
        public static final int SLOTS_MAX = 100_000;

        public Crew {
            if (slots < 1 || slots > SLOTS_MAX || takesMs < 0) {
                throw new IllegalArgumentException(
                        "a crew has 1 to " + SLOTS_MAX + " slots; slots=" + slots + " takesMs=" + takesMs);
            }
        }
    }

    public Scenario {
        jobs = List.copyOf(jobs);
        drafts = List.copyOf(drafts);
        if (jobs.size() + drafts.size() > JOBS_MAX) {
            throw new IllegalArgumentException(
                    "a rehearsal has at most " + JOBS_MAX + " jobs; jobs=" + (jobs.size() + drafts.size()));
        }
    }
}
