package dev.kalends.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** db-scheduler: lock-and-fetch, which its documentation gives for a high throughput on PostgreSQL. */
final class DbSchedulerPeer implements Peer {
    static final int THREADS = 50;
    static final Duration POLL = Duration.ofMillis(1);
    static final double LOWER = 1.0;
    static final double UPPER = 4.0;
    static final int BATCH = 1_000;

    private final HikariDataSource source;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;
    private final AtomicLong ids = new AtomicLong(Starts.nowMs() * 1_000_000);

    DbSchedulerPeer(String database, Starts starts) throws SQLException {
        source = Pool.open(database, THREADS + 4);
        createTable();
        task = Tasks.oneTime("noop")
                .execute((instance, context) ->
                        starts.started(context.getExecution().getExecutionTime().toEpochMilli()));
        scheduler = Scheduler.create(source, task)
                .threads(THREADS)
                .pollingInterval(POLL)
                .pollUsingLockAndFetch(LOWER, UPPER)
                .build();
        scheduler.start();
    }

    /** The columns, the key and the indexes that the documentation asks for; priorities are not in use. */
    private void createTable() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS scheduled_tasks (
                        task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BYTEA,
                        execution_time TIMESTAMPTZ NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT,
                        last_success TIMESTAMPTZ, last_failure TIMESTAMPTZ, consecutive_failures INT,
                        last_heartbeat TIMESTAMPTZ, version BIGINT NOT NULL, priority SMALLINT,
                        PRIMARY KEY (task_name, task_instance));
                    CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time);
                    CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
                    """);
        }
    }

    @Override
    public void submit(long dueMs) {
        scheduler.schedule(instance(dueMs));
    }

    @Override
    public void submitAll(long[] dueMs) {
        List<SchedulableInstance<?>> batch = new ArrayList<>(BATCH);
        for (long due : dueMs) {
            batch.add(instance(due));
            if (batch.size() == BATCH) {
                scheduler.scheduleBatch(batch);
                batch = new ArrayList<>(BATCH);
            }
        }
        if (!batch.isEmpty()) {
            scheduler.scheduleBatch(batch);
        }
    }

    private SchedulableInstance<Void> instance(long dueMs) {
        return SchedulableInstance.of(
                task.instance(Long.toString(ids.getAndIncrement(), Character.MAX_RADIX)), Instant.ofEpochMilli(dueMs));
    }
}
