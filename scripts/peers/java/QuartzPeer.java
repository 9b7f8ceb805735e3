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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
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

/**
 * Quartz, in batches as large as the pool of threads. In the database there is one durable job with a trigger for every
 * run, which takes the fewest rows. In memory each run has a job too: that store looks through all triggers of a job
 * when one of them has fired.
 */
final class QuartzPeer implements Peer {
    static final int THREADS = 50;
    static final int BATCH = 1_000;

    private final Scheduler scheduler;
    private final Optional<JobDetail> shared;
    private final AtomicLong ids = new AtomicLong(Starts.nowMs() * 1_000_000);

    private QuartzPeer(Properties settings, Optional<JobDetail> shared, Starts starts) throws SchedulerException {
        this.shared = shared;
        settings.setProperty("org.quartz.scheduler.instanceName", "peers");
        settings.setProperty("org.quartz.threadPool.threadCount", Integer.toString(THREADS));
        settings.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(THREADS));
        scheduler = new StdSchedulerFactory(settings).getScheduler();
        scheduler.getContext().put(Noop.STARTS, starts);
        if (shared.isPresent()) {
            scheduler.addJob(shared.get(), true);
        }
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
        JobDetail job =
                JobBuilder.newJob(Noop.class).withIdentity("noop").storeDurably().build();
        return new QuartzPeer(settings, Optional.of(job), starts);
    }

    static QuartzPeer inMemory(Starts starts) throws SchedulerException {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        return new QuartzPeer(settings, Optional.empty(), starts);
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
        String id = nextId();
        if (shared.isPresent()) {
            scheduler.scheduleJob(trigger(id, shared.get(), dueMs));
        } else {
            JobDetail job = own(id);
            scheduler.scheduleJob(job, trigger(id, job, dueMs));
        }
    }

    @Override
    public void submitAll(long[] dueMs) throws SchedulerException {
        for (int from = 0; from < dueMs.length; from += BATCH) {
            Map<JobDetail, Set<? extends Trigger>> batch = new HashMap<>();
            Set<Trigger> ofShared = new HashSet<>();
            for (int i = from; i < Math.min(dueMs.length, from + BATCH); i++) {
                String id = nextId();
                if (shared.isPresent()) {
                    ofShared.add(trigger(id, shared.get(), dueMs[i]));
                } else {
                    JobDetail job = own(id);
                    batch.put(job, Set.of(trigger(id, job, dueMs[i])));
                }
            }
            shared.ifPresent(job -> batch.put(job, ofShared));
            scheduler.scheduleJobs(batch, true);
        }
    }

    private String nextId() {
        return Long.toString(ids.getAndIncrement(), Character.MAX_RADIX);
    }

    private static JobDetail own(String id) {
        return JobBuilder.newJob(Noop.class).withIdentity(id).build();
    }

    /** A trigger that keeps its instant, however late it fires. */
    private static Trigger trigger(String id, JobDetail job, long dueMs) {
        return TriggerBuilder.newTrigger()
                .withIdentity(id)
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
