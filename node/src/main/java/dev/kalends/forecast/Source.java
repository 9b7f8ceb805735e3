package dev.kalends.forecast;

import dev.kalends.job.Schedule;

/** Jobs that fire by the same schedule, counted together. */
public interface Source {
    /** One of their schedules: those of a period differ in their anchors. */
    Schedule schedule();

    /** Over how long each of them is moved by itself; 0 = they fire together. */
    long splayMs();

    /** How many jobs they are. */
    long jobs();

    /** Their fires in a bucket. */
    long in(int bucket);

    /** The shortest time from one fire of a job to its next; {@link Long#MAX_VALUE} with a single fire. */
    long spacingMs();

    /** Adds all their fires to counts by bucket. */
    void addTo(long[] counts);
}
