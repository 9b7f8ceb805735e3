package dev.kalends.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz: one durable job with a trigger for every run, in batches as large as the pool of threads. */
final class QuartzPeer implements Peer {
    static final int THREADS = 50;
    static final int BATCH = 1_000;

    private final Scheduler scheduler;
    private final JobDetail job;
    private final AtomicLong ids = new AtomicLong(Starts.nowMs() * 1_000_000);

    private QuartzPeer(Properties settings, Starts starts) throws SchedulerException {
        settings.setProperty("org.quartz.scheduler.instanceName", "peers");
        settings.setProperty("org.quartz.threadPool.threadCount", Integer.toString(THREADS));
        settings.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(THREADS));
        scheduler = new StdSchedulerFactory(settings).getScheduler();
        scheduler.getContext().put(Noop.STARTS, starts);
        job = JobBuilder.newJob(Noop.class).withIdentity("noop").storeDurably().build();
        scheduler.addJob(job, true);
        scheduler.start();
    }

    static QuartzPeer clustered(String database, Starts starts) throws Exception {
        createTables(database);
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        settings.setProperty("org.quartz.jobStore.isClustered", "true");
        settings.setProperty("org.quartz.jobStore.clusterCheckinInterval", "1000");
        settings.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        settings.setProperty("org.quartz.jobStore.useProperties", "true");
        settings.setProperty("org.quartz.jobStore.dataSource", "peers");
        settings.setProperty("org.quartz.dataSource.peers.provider", "hikaricp");
        settings.setProperty("org.quartz.dataSource.peers.driver", "org.postgresql.Driver");
        settings.setProperty("org.quartz.dataSource.peers.URL", database);
        settings.setProperty("org.quartz.dataSource.peers.maxConnections", Integer.toString(THREADS + 4));
        return new QuartzPeer(settings, starts);
    }

    static QuartzPeer inMemory(Starts starts) throws SchedulerException {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        return new QuartzPeer(settings, starts);
    }

    /** Runs the script that comes with the library, unless a process before this one did. */
    private static void createTables(String database) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT to_regclass('qrtz_triggers')")) {
                if (found.next() && found.getString(1) != null) {
                    return;
                }
            }
            try (InputStream script = Scheduler.class.getResourceAsStream("impl/jdbcjobstore/tables_postgres.sql")) {
                statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void submit(long dueMs) throws SchedulerException {
        scheduler.scheduleJob(trigger(dueMs));
    }

    @Override
    public void submitAll(long[] dueMs) throws SchedulerException {
        Set<Trigger> batch = new HashSet<>();
        for (long due : dueMs) {
            batch.add(trigger(due));
            if (batch.size() == BATCH) {
                scheduler.scheduleJobs(Map.of(job, batch), true);
                batch = new HashSet<>();
            }
        }
        if (!batch.isEmpty()) {
            scheduler.scheduleJobs(Map.of(job, batch), true);
        }
    }

    /** A trigger that keeps its instant, however late it fires. */
    private Trigger trigger(long dueMs) {
        return TriggerBuilder.newTrigger()
                .withIdentity(Long.toString(ids.getAndIncrement(), Character.MAX_RADIX))
                .forJob(job)
                .startAt(new Date(dueMs))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionIgnoreMisfires())
                .build();
    }

    /** What every trigger fires. */
    public static final class Noop implements Job {
        static final String STARTS = "starts";

        @Override
        public void execute(JobExecutionContext context) {
            try {
                Starts starts = (Starts) context.getScheduler().getContext().get(STARTS);
                starts.started(context.getScheduledFireTime().getTime());
            } catch (SchedulerException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
