package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.JobState;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Codec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Counts jobs of one day slot, by looking at some or all of them. */
final class SlotScan {
    static final long PLACES_A_SNAPSHOT = 50_000;
    /** Jobs next to each other that are looked at where a part stands for all: a few pages. */
    static final long STRETCH = 2_000;

    // CROSS JOIN keeps the order of the tables: there may be a hundred million jobs, of which a few were touched.
    static final String EDITED = "SELECT DISTINCT edit.job, job.due FROM edit CROSS JOIN job ON job.id = edit.job"
            + " WHERE edit.job >= ? AND edit.job < ?";
    static final String FIRED = "SELECT DISTINCT run.job, job.due FROM run CROSS JOIN job ON job.id = run.job"
            + " WHERE run.job >= ? AND run.job < ?";
    static final String WITH_STATE = "SELECT state.job, job.due, state.state, job.spec,"
            + " EXISTS (SELECT 1 FROM edit WHERE edit.job = state.job)"
            + " FROM state CROSS JOIN job ON job.id = state.job WHERE state.job >= ? AND state.job < ?";

    private final Of of;
    private final long midnightMs;
    private final long[] counts;
    /** Jobs looked at by the hour in which their rows say that they are due, waiting or not. */
    private final long[] lookedByHour = new long[HourCounts.HOURS];

    private long places;
    private long takenOff;

    /**
     * Which jobs are counted.
     *
     * @param tenant whose; empty = everybody's
     */
    record Of(Buckets buckets, Optional<String> tenant) {
        /** With one tenant only, nobody's row has to be told from another's. */
        boolean everybody(Reads reads) {
            return tenant.isEmpty() || reads.interned().isOnlyTenant(tenant.get());
        }

        boolean wants(Reads reads, byte[] spec) {
            return tenant.isEmpty()
                    || Codec.decodeTenant(spec, reads.interned()).equals(tenant.get());
        }
    }

    SlotScan(Of of, int day) {
        this.of = of;
        this.midnightMs = day * SlotIds.DAY_MS;
        this.counts = new long[of.buckets().count()];
    }

    /** Jobs that {@link #takeOff} took off. */
    long takenOff() {
        return takenOff;
    }

    void addTo(long[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += counts[i];
        }
    }

    /** Looks at the jobs of some places. */
    int look(Reads reads, long first, long end) {
        Set<Long> passed = new HashSet<>();
        touched(reads, first, end, (id, _) -> passed.add(id));
        boolean everybody = of.everybody(reads);
        String columns = everybody ? "SELECT due, id FROM job" : "SELECT due, id, spec FROM job";
        reads.session()
                .on(columns + " WHERE id >= ? AND id < ?")
                .with(first)
                .with(end)
                .each(row -> {
                    long due = row.number(1);
                    if (due >= 0 && due < SlotIds.DAY_MS) {
                        lookedByHour[(int) (due / HourCounts.HOUR_MS)]++;
                    }
                    boolean waits = passed.isEmpty() || !passed.contains(row.number(2));
                    if (waits && (everybody || of.wants(reads, row.bytes(3)))) {
                        add(midnightMs + due, 1);
                    }
                });
        places += end - first;
        return passed.size();
    }

    /**
     * Takes off jobs that {@link HourCounts} counts, though they do not plainly wait: of so many places as hold a
     * bounded number of them. Returns the place to go on from.
     */
    long takeOff(Reads reads, long first, long end) {
        long few = reads.session()
                .on("SELECT count(*) FROM (SELECT 1 FROM state WHERE job >= ? AND job < ? LIMIT ?)")
                .with(first)
                .with(end)
                .with(PLACES_A_SNAPSHOT)
                .number(0);
        long last = few < PLACES_A_SNAPSHOT ? end : Math.min(end, first + PLACES_A_SNAPSHOT);
        Set<Long> passed = new HashSet<>();
        touched(reads, first, last, (id, due) -> {
            if (passed.add(id)) {
                add(midnightMs + due, -1);
            }
        });
        takenOff += passed.size();
        return last;
    }

    @FunctionalInterface
    private interface Touched {
        void accept(long id, long due);
    }

    /**
     * Names the jobs that were fired, cancelled, paused or edited, perhaps more than once. Those that have a next fire
     * all the same are counted by it here, unless they were edited.
     */
    private void touched(Reads reads, long first, long end, Touched sink) {
        if (reads.interned().edits()) {
            reads.session().on(EDITED).with(first).with(end).each(row -> sink.accept(row.number(1), row.number(2)));
        }
        reads.session().on(FIRED).with(first).with(end).each(row -> sink.accept(row.number(1), row.number(2)));
        reads.session().on(WITH_STATE).with(first).with(end).each(row -> {
            sink.accept(row.number(1), row.number(2));
            JobState state = Codec.decodeState(row.bytes(3), new JobId(row.number(1)));
            if (state.next().isPresent() && row.number(5) == 0 && of.wants(reads, row.bytes(4))) {
                add(state.next().get().dueMs(), 1);
            }
        });
    }

    private void add(long dueMs, int by) {
        int bucket = of.buckets().of(dueMs);
        if (bucket >= 0) {
            counts[bucket] += by;
        }
    }

    /**
     * Adds what the whole slot holds if it is as the part that was looked at.
     *
     * @param hours its jobs by hour, if that is known: then each hour is as its own part
     * @return how many were added
     */
    long scaleTo(long[] sum, long allPlaces, Optional<int[]> hours) {
        double carried = 0;
        long added = 0;
        for (int i = 0; i < sum.length; i++) {
            double exact = counts[i] * factor(i, allPlaces, hours) + carried;
            long whole = Math.round(exact);
            carried = exact - whole;
            sum[i] += whole;
            added += whole;
        }
        return added;
    }

    private double factor(int bucket, long allPlaces, Optional<int[]> hours) {
        long startMs = of.buckets().startMs(bucket) - midnightMs;
        long hour = Math.floorDiv(startMs, HourCounts.HOUR_MS);
        long lastHour = Math.floorDiv(startMs + of.buckets().stepMs() - 1, HourCounts.HOUR_MS);
        boolean inOneHour = hour == lastHour && hour >= 0 && hour < HourCounts.HOURS;
        return inOneHour && hours.isPresent() && lookedByHour[(int) hour] > 0
                ? (double) hours.get()[(int) hour] / lookedByHour[(int) hour]
                : (double) allPlaces / places;
    }
}
