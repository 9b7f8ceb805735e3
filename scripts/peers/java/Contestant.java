package dev.kalends.peers;

import java.util.List;

/** A scheduler and the store under it, as it stands in the table. */
enum Contestant {
    KALENDS(
            "Kalends",
            "each answer",
            "its own launcher and `kalends bench`, default settings: a node of its own, over HTTP; jobs are claimed,"
                    + " leased and reported; starts are kept in whole milliseconds, rounded down"),
    DB_SCHEDULER(
            "db-scheduler 16.12 / PostgreSQL",
            "each commit",
            "in process; threads " + DbSchedulerPeer.THREADS + ", lock-and-fetch " + DbSchedulerPeer.LOWER + " to "
                    + DbSchedulerPeer.UPPER + " of the threads, polls each " + DbSchedulerPeer.POLL.toMillis()
                    + " ms; scheduleBatch of " + DbSchedulerPeer.BATCH + ", reWriteBatchedInserts"),
    GRAPHILE(
            "graphile-worker 0.18 / PostgreSQL",
            "each commit",
            "in process (Node.js); concurrentJobs 24, maxPoolSize 25, localQueue 500, completion in batches, polls each"
                    + " 1 ms; addJobs of 10000"),
    BULLMQ_ALWAYS(
            "BullMQ 6.7 / Redis, fsync always",
            "each command",
            "in process (Node.js); appendfsync always; concurrency 100, removeOnComplete; addBulk of 5000"),
    BULLMQ_EVERYSEC(
            "BullMQ 6.7 / Redis, fsync each second",
            "NO: 1 s is lost",
            "the same with appendfsync everysec: the last second is lost with the machine"),
    JOBRUNR(
            "JobRunr 8.7 / PostgreSQL",
            "each commit",
            "in process; polls each " + JobRunrPeer.POLL.toSeconds() + " s, the least that it takes over a database,"
                    + " and enqueues then what is due until the next poll, so early; its own number of workers;"
                    + " scheduledJobsRequestSize " + JobRunrPeer.REQUEST + "; create(Stream)"),
    QUARTZ(
            "Quartz 2.5 / PostgreSQL, clustered",
            "each commit",
            "in process; threads and batchTriggerAcquisitionMaxCount " + QuartzPeer.THREADS
                    + ", fire-ahead window 0, acquireTriggersWithinLock; scheduleJobs of " + QuartzPeer.BATCH
                    + " triggers of one job; fires up to 2 ms early by design"),
    QUARTZ_RAM(
            "Quartz 2.5 in memory",
            "NO: all is lost",
            "the same with RAMJobStore and a job for each trigger, for reference; its bytes are heap; nothing is left"
                    + " to start again");

    /** What keeps the jobs. */
    enum Keeper {
        OWN,
        POSTGRES,
        REDIS_ALWAYS,
        REDIS_EVERYSEC,
        MEMORY
    }

    private final String title;
    private final String durable;
    private final String settings;

    Contestant(String title, String durable, String settings) {
        this.title = title;
        this.durable = durable;
        this.settings = settings;
    }

    String title() {
        return title;
    }

    /** When what was submitted has been synced to the disk. */
    String durable() {
        return durable;
    }

    String settings() {
        return settings;
    }

    Keeper keeper() {
        return switch (this) {
            case KALENDS -> Keeper.OWN;
            case DB_SCHEDULER, GRAPHILE, JOBRUNR, QUARTZ -> Keeper.POSTGRES;
            case BULLMQ_ALWAYS -> Keeper.REDIS_ALWAYS;
            case BULLMQ_EVERYSEC -> Keeper.REDIS_EVERYSEC;
            case QUARTZ_RAM -> Keeper.MEMORY;
        };
    }

    /** The program that runs it. */
    List<String> command(Programs programs, String address) {
        return switch (this) {
            case KALENDS -> throw new IllegalStateException("Kalends is no peer of its own");
            case DB_SCHEDULER, JOBRUNR, QUARTZ, QUARTZ_RAM -> programs.java(Options.name(this), address);
            case GRAPHILE -> programs.node("graphile.mjs", address);
            case BULLMQ_ALWAYS, BULLMQ_EVERYSEC -> programs.node("bullmq.mjs", address);
        };
    }

    boolean writtenInJava() {
        return this == DB_SCHEDULER || this == JOBRUNR || this == QUARTZ || this == QUARTZ_RAM;
    }
}
