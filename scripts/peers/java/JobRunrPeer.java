package dev.kalends.peers;

import static org.jobrunr.scheduling.JobBuilder.aJob;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.BackgroundJob;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/** JobRunr: the shortest interval that it takes over a database, and its own choice of workers. */
public final class JobRunrPeer implements Peer {
    static final Duration POLL = Duration.ofSeconds(5);
    static final int REQUEST = 10_000;

    private static volatile Starts reported;

    private final HikariDataSource source;

    JobRunrPeer(String database, Starts starts) {
        reported = starts;
        source = Pool.open(database, 50);
        JobRunr.configure()
                .useStorageProvider(SqlStorageProviderFactory.using(source))
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andPollInterval(POLL)
                        .andScheduledJobsRequestSize(REQUEST))
                .initialize();
    }

    /** The job: a static method, which JobRunr calls by its name. */
    public static void noop(long dueMs) {
        reported.started(dueMs);
    }

    private static JobBuilder job(long dueMs) {
        return aJob().scheduleAt(Instant.ofEpochMilli(dueMs)).withJobLambda(() -> JobRunrPeer.noop(dueMs));
    }

    @Override
    public void submit(long dueMs) {
        BackgroundJob.schedule(Instant.ofEpochMilli(dueMs), () -> JobRunrPeer.noop(dueMs));
    }

    @Override
    public void submitAll(long[] dueMs) {
        BackgroundJob.create(Arrays.stream(dueMs).mapToObj(JobRunrPeer::job));
    }
}
