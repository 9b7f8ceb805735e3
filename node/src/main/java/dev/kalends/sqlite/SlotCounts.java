package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * How many one-offs the passed day slots hold, counted once a slot and remembered until the slot changes.
 *
 * <p>The partition's thread says what changed, after the commit; any thread counts.
 */
final class SlotCounts {
    /** Slots remembered; then all are counted again. */
    private static final int REMEMBERED_MAX = 100_000;

    /** CROSS JOIN keeps the order of the tables: a few jobs of many were edited. */
    static final String MOVED = "SELECT job.id, job.due, edit.due FROM edit CROSS JOIN job ON job.id = edit.job"
            + " WHERE edit.generation = (SELECT max(generation) FROM edit later WHERE later.job = edit.job)";

    private final int partition;
    private final Map<Integer, Long> countByDay = new HashMap<>();
    private final BitSet touched = new BitSet(JobId.DAYS_MAX);
    private long changes;

    SlotCounts(int partition) {
        this.partition = partition;
    }

    /** Notes a slot that the batch changes; by the partition's thread. */
    void touch(JobId id) {
        touched.set(id.day());
    }

    /** The batch is committed. */
    void committed() {
        if (!touched.isEmpty()) {
            synchronized (countByDay) {
                changes++;
                touched.stream().forEach(countByDay::remove);
            }
            touched.clear();
        }
    }

    /** One-offs due at or before an instant. */
    long due(Reads reads, long throughMs) {
        long today = Math.floorDiv(throughMs, SlotIds.DAY_MS);
        long all = edited(reads, throughMs);
        long next = firstDay(reads, 0);
        while (next <= today) {
            all += next < today ? passed(reads, (int) next, throughMs) : count(reads, next, throughMs)[0];
            next = firstDay(reads, next + 1);
        }
        return all;
    }

    /** The first slot at or after a day that holds a job; beyond all days when there is none. */
    private long firstDay(Reads reads, long day) {
        return reads.session()
                .on("SELECT (min(id) >> 36) & 131071 FROM job WHERE id >= ? AND id < ?")
                .with(SlotIds.first(partition, day))
                .with(SlotIds.end(partition, JobId.DAYS_MAX))
                .first(row -> row.maybe(1).orElse(Long.MAX_VALUE))
                .orElse(Long.MAX_VALUE);
    }

    private long passed(Reads reads, int day, long throughMs) {
        long before;
        synchronized (countByDay) {
            Long known = countByDay.get(day);
            if (known != null) {
                return known;
            }
            before = changes;
        }
        long[] counted = count(reads, day, throughMs);
        synchronized (countByDay) {
            boolean whole = counted[1] == 0;
            if (changes == before && whole) {
                if (countByDay.size() >= REMEMBERED_MAX) {
                    countByDay.clear();
                }
                countByDay.put(day, counted[0]);
            }
        }
        return counted[0];
    }

    /** The one-offs of a slot that are due, and those whose due instant lies outside the slot's own day. */
    private long[] count(Reads reads, long day, long throughMs) {
        return reads.session()
                .on("SELECT count(*) FILTER (WHERE due <= ?), count(*) FILTER (WHERE due NOT BETWEEN 0 AND 86399999)"
                        + " FROM job WHERE id >= ? AND id < ?")
                .with(throughMs - day * SlotIds.DAY_MS)
                .with(SlotIds.first(partition, day))
                .with(SlotIds.end(partition, day))
                .first(row -> new long[] {row.number(1), row.number(2)})
                .orElseThrow();
    }

    /** Jobs that were edited count by their last generation: what that adds, less what the first one added. */
    private static long edited(Reads reads, long throughMs) {
        if (!reads.interned().edits()) {
            return 0;
        }
        long[] difference = {0};
        reads.session().on(MOVED).each(row -> {
            long dayStartMs = SlotIds.dayStartMs(new JobId(row.number(1)));
            boolean first = row.maybe(2).isPresent() && dayStartMs + row.number(2) <= throughMs;
            boolean last = row.maybe(3).isPresent() && row.number(3) <= throughMs;
            difference[0] += (last ? 1 : 0) - (first ? 1 : 0);
        });
        return difference[0];
    }
}
