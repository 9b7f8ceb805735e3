package dev.kalends.forecast;

import dev.kalends.job.Schedule;
import dev.kalends.journal.Buckets;

/**
 * All jobs of one period, whatever their anchors.
 *
 * <p>Where the period is a multiple of the bucket, a job fires in every so many-th bucket from its first on; where the
 * bucket is a multiple of the period, equally often in every bucket after its first. So adding a job is one step, and
 * the counts are summed up once at the end.
 */
final class PeriodGroup implements Source {
    private final Schedule.Every schedule;
    private final long splayMs;
    private final Buckets buckets;
    private final long[] first;
    private final long[] begun;
    private long jobs;

    PeriodGroup(Schedule.Every schedule, long splayMs, Buckets buckets) {
        this.schedule = schedule;
        this.splayMs = splayMs;
        this.buckets = buckets;
        this.first = new long[buckets.count()];
        this.begun = new long[buckets.count()];
    }

    /** Whether a period and the buckets are multiples of each other. */
    static boolean fits(long periodMs, Buckets buckets) {
        return periodMs % buckets.stepMs() == 0 || buckets.stepMs() % periodMs == 0;
    }

    /** Adds a job by its first due instant that is to be counted. */
    void add(long firstDueMs) {
        jobs++;
        int bucket = buckets.of(firstDueMs);
        if (bucket < 0) {
            return;
        }
        if (isSparse()) {
            first[bucket]++;
            return;
        }
        first[bucket] += Math.ceilDiv(buckets.startMs(bucket + 1) - firstDueMs, schedule.periodMs());
        if (bucket + 1 < begun.length) {
            begun[bucket + 1]++;
        }
    }

    private boolean isSparse() {
        return schedule.periodMs() >= buckets.stepMs();
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
    public long spacingMs() {
        return schedule.periodMs();
    }

    @Override
    public long in(int bucket) {
        long fires = 0;
        if (isSparse()) {
            long stride = schedule.periodMs() / buckets.stepMs();
            for (long i = bucket; i >= 0; i -= stride) {
                fires += first[(int) i];
            }
            return fires;
        }
        for (int i = 0; i <= bucket; i++) {
            fires += begun[i];
        }
        return first[bucket] + fires * (buckets.stepMs() / schedule.periodMs());
    }

    @Override
    public void addTo(long[] counts) {
        if (isSparse()) {
            long stride = schedule.periodMs() / buckets.stepMs();
            long[] all = first.clone();
            for (int i = 0; i < all.length; i++) {
                all[i] += i >= stride ? all[(int) (i - stride)] : 0;
                counts[i] += all[i];
            }
            return;
        }
        long running = 0;
        for (int i = 0; i < counts.length; i++) {
            running += begun[i];
            counts[i] += first[i] + running * (buckets.stepMs() / schedule.periodMs());
        }
    }
}
