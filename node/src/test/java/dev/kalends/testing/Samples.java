package dev.kalends.testing;

import dev.kalends.job.Attempt;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.DstRule;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Lease;
import dev.kalends.job.Policy;
import dev.kalends.job.Priority;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs and runs to test with, in one partition. */
public final class Samples {
    /** The partition of every sample. */
    public static final int PARTITION = 1;

    public static final long DAY_MS = 86_400_000L;
    /** 2026-03-01T00:00:00Z. */
    public static final long T0 = 1_772_323_200_000L;
    /** The day number of {@link #T0}. */
    public static final int DAY = (int) (T0 / DAY_MS);

    private Samples() {}

    /** The id of a job that repeats. */
    public static JobId repeating(long sequence) {
        return JobId.of(PARTITION, 0, sequence);
    }

    /** The id of a one-off of the day of {@link #T0}. */
    public static JobId oneOff(long sequence) {
        return JobId.of(PARTITION, DAY, sequence);
    }

    /** An unnamed job of the default tenant that runs once. */
    public static JobSpec once(JobId id, long atMs) {
        return spec(id, name(Optional.empty()), new Schedule.Once(atMs));
    }

    /** A job with a name that runs by cron. */
    public static JobSpec named(JobId id, String name) {
        return spec(
                id, name(Optional.of(name)), new Schedule.Cron("*/5 * * * *", ZoneId.of("Europe/Rome"), DstRule.SKIP));
    }

    /** The same with a submit key. */
    public static JobSpec keyed(JobId id, String tenant, String name, String key) {
        JobSpec spec = named(id, name);
        return spec(id, new JobName(tenant, spec.name().name(), Optional.of(key)), spec.schedule());
    }

    public static JobName name(Optional<String> name) {
        return new JobName(JobName.DEFAULT_TENANT, name, Optional.empty());
    }

    public static JobSpec spec(JobId id, JobName name, Schedule schedule) {
        Work work = new Work.Command(
                List.of("/bin/echo", "è 🎉", ""),
                Map.of("K", "v"),
                Optional.of("/tmp"),
                Optional.empty(),
                Optional.of("in"));
        return new JobSpec(id, 1, name, schedule, Window.OPEN, work, Policy.DEFAULT, Map.of("team", "a"), T0);
    }

    /** The same job, edited. */
    public static JobSpec edited(JobSpec spec, int generation) {
        return new JobSpec(
                spec.id(),
                generation,
                spec.name(),
                spec.schedule(),
                spec.window(),
                new Work.Noop(),
                spec.policy(),
                spec.labels(),
                T0 + generation);
    }

    /** The state of a job whose next fire is due then. */
    public static JobState next(JobId id, long dueMs) {
        return JobState.accepted(id, T0, Optional.of(new JobState.NextFire(dueMs, dueMs)));
    }

    /** A scheduled run that is ready. */
    public static Run ready(JobId job, long nominalMs) {
        return ready(RunId.scheduled(job, nominalMs));
    }

    /** A run that is ready. */
    public static Run ready(RunId id) {
        return new Run(
                id,
                1,
                RunState.READY,
                new Run.Route(JobName.DEFAULT_TENANT, Policy.DEFAULT_QUEUE, Priority.NORMAL),
                new Run.Times(id.nominalMs(), id.nominalMs(), -1, -1),
                1,
                0,
                id.nominalMs(),
                Optional.empty(),
                Run.Marks.NONE,
                List.of(),
                Optional.empty());
    }

    /** A run that executes under a token. */
    public static Run leased(JobId job, long nominalMs, long token) {
        return ready(job, nominalMs).leased(new Lease(token, "w1", nominalMs));
    }

    /** A run that failed once and wakes then. */
    public static Run retrying(JobId job, long nominalMs, long wakeMs) {
        return leased(job, nominalMs, 7).retrying(attempt(nominalMs + 5, AttemptEnd.FAILED), wakeMs);
    }

    /** A run that succeeded. */
    public static Run succeeded(JobId job, long nominalMs, long finishedMs) {
        return leased(job, nominalMs, 7)
                .ended(RunState.SUCCEEDED, finishedMs, attempt(finishedMs, AttemptEnd.SUCCEEDED));
    }

    /** A run that ended dead. */
    public static Run dead(JobId job, long nominalMs, long finishedMs) {
        return leased(job, nominalMs, 7).ended(RunState.DEAD, finishedMs, attempt(finishedMs, AttemptEnd.FAILED));
    }

    public static DeadLetter letter(Run dead) {
        return new DeadLetter(dead, "exit N", "exit 3", dead.times().finishedMs());
    }

    private static Attempt attempt(long finishedMs, AttemptEnd end) {
        boolean good = end == AttemptEnd.SUCCEEDED;
        return new Attempt(
                1,
                7,
                "w1",
                finishedMs - 5,
                finishedMs,
                end,
                Optional.of(good ? 0 : 3),
                good ? Optional.empty() : Optional.of("exit 3"));
    }
}
