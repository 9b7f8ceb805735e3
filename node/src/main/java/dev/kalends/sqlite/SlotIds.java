package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;

/** Arithmetic on job ids as rowids: the day slots of a partition are ranges of them. */
final class SlotIds {
    static final long DAY_MS = 86_400_000L;
    static final long MINUTE_MS = 60_000L;
    static final int PARTITION_SHIFT = 53;
    static final int DAY_SHIFT = 36;
    private static final int LAST_DAY = JobId.DAYS_MAX - 1;

    private SlotIds() {}

    /** The first id of a slot; for the day after the last one, the end of the partition's ids. */
    static long first(int partition, long day) {
        return ((long) partition << PARTITION_SHIFT) + (Math.clamp(day, 0, LAST_DAY + 1L) << DAY_SHIFT);
    }

    /** The first id after a slot. */
    static long end(int partition, long day) {
        return first(partition, day + 1);
    }

    static long dayStartMs(JobId id) {
        return id.day() * DAY_MS;
    }

    /** The order of a run's kind and number, in one column. */
    static long mark(RunId id) {
        return ((long) id.kind().code() << 32) | id.number();
    }

    static RunId runId(long job, long nominalMs, long mark) {
        return new RunId(new JobId(job), nominalMs, RunKind.ofCode((int) (mark >>> 32)), (int) mark);
    }
}
