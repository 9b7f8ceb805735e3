package dev.kalends.forecast;

import dev.kalends.job.Schedule;
import dev.kalends.journal.Buckets;
import dev.kalends.schedule.FireTimes;
import java.util.Arrays;
import java.util.Optional;

/**
 * All jobs of one schedule and one splay. Without splay they fire together: the fires are kept and multiplied by the
 * number of jobs. With splay each job's fires are moved by its own amount and counted one job after the other.
 */
final class ScheduleGroup implements Source {
    /** Fires that one schedule may have in the buckets to be a group: every second for a week. */
    private static final long FIRES_MAX = 700_000;

    private final Schedule schedule;
    private final long splayMs;
    private final Buckets buckets;
    private final FireTimes times;
    /** Nominal instants whose due instants may lie in the buckets, ascending. */
    private final long[] fires;

    /** Jobs without splay by the place of the fire that they begin with. */
    private final long[] begun;
    /** Fires of jobs with splay by bucket. */
    private final long[] moved;

    private final int firstTogether;
    private long jobs;

    private ScheduleGroup(Schedule schedule, long splayMs, Buckets buckets, FireTimes times, long[] fires) {
        this.schedule = schedule;
        this.splayMs = splayMs;
        this.buckets = buckets;
        this.times = times;
        this.fires = fires;
        this.begun = new long[splayMs == 0 ? fires.length + 1 : 0];
        this.moved = new long[splayMs == 0 ? 0 : buckets.count()];
        this.firstTogether = indexOf(buckets.fromMs());
    }

    /** The group of a schedule without {@code H}; empty when it fires too often to be kept. */
    static Optional<ScheduleGroup> of(Schedule schedule, long splayMs, Buckets buckets) {
        FireTimes times = FireTimes.of(schedule, 0);
        long fromMs = buckets.fromMs() - splayMs - 1;
        long count = times.countBetween(fromMs, buckets.untilMs() - 1);
        if (count > FIRES_MAX) {
            return Optional.empty();
        }
        long[] fires = new long[(int) count];
        long atMs = fromMs;
        for (int i = 0; i < fires.length; i++) {
            atMs = times.nextAfter(atMs);
            fires[i] = atMs;
        }
        return Optional.of(new ScheduleGroup(schedule, splayMs, buckets, times, fires));
    }

    /** How many numbers it keeps. */
    long size() {
        return (long) fires.length + begun.length + moved.length + 1;
    }

    FireTimes times() {
        return times;
    }

    /** Adds a job that goes on for ever, by its next nominal instant that is not decided yet and its splay. */
    void add(long nextMs, long movedMs) {
        jobs++;
        if (splayMs == 0) {
            boolean fromTheBeginning = firstTogether == fires.length || nextMs <= fires[firstTogether];
            begun[fromTheBeginning ? firstTogether : indexOf(nextMs)]++;
            return;
        }
        int first = indexOf(Math.max(nextMs, buckets.fromMs() - movedMs));
        if (fires.length - first <= buckets.count()) {
            for (int i = first; i < fires.length; i++) {
                int bucket = buckets.of(fires[i] + movedMs);
                if (bucket >= 0) {
                    moved[bucket]++;
                }
            }
            return;
        }
        for (int i = 0; i < moved.length; i++) {
            int end = Math.max(first, indexOf(buckets.startMs(i + 1) - movedMs));
            moved[i] += end - first;
            first = end;
        }
    }

    /** The place of the first fire at or after an instant. */
    private int indexOf(long atMs) {
        int found = Arrays.binarySearch(fires, atMs);
        return found < 0 ? -found - 1 : found;
    }

    @Override
    public Schedule schedule() {
        return schedule;
    }

    @Override
    public long splayMs() {
        return splayMs;
    }

    @Override
    public long jobs() {
        return jobs;
    }

    @Override
    public long in(int bucket) {
        if (splayMs > 0) {
            return moved[bucket];
        }
        long together = 0;
        long inBucket = 0;
        int end = indexOf(buckets.startMs(bucket + 1));
        for (int i = 0; i < end; i++) {
            together += begun[i];
            inBucket += fires[i] >= buckets.startMs(bucket) ? together : 0;
        }
        return inBucket;
    }

    @Override
    public long spacingMs() {
        long spacingMs = Long.MAX_VALUE;
        for (int i = 1; i < fires.length; i++) {
            spacingMs = Math.min(spacingMs, fires[i] - fires[i - 1]);
        }
        return spacingMs;
    }

    @Override
    public void addTo(long[] counts) {
        for (int i = 0; i < moved.length; i++) {
            counts[i] += moved[i];
        }
        long together = 0;
        for (int i = firstTogether; i < begun.length - 1; i++) {
            together += begun[i];
            counts[buckets.of(fires[i])] += together;
        }
    }
}
