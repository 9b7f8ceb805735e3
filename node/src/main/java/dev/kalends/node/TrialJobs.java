package dev.kalends.node;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.JobState.NextFire;
import dev.kalends.job.Policy;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.KeyedState;
import dev.kalends.journal.SubmitKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Makes batches of jobs that wait, with the ids, slots and counters that a leader gives them. Each job carries 30
 * bytes of a command, or besides that a name and a key of 12 bytes.
 */
final class TrialJobs {
    private static final long DAY_MS = 86_400_000L;
    private static final long SEED = 20_260_308;
    private static final int SAMPLE_MAX = 10_000;
    private static final int PARTITION = 0;
    private static final String PROGRAM = "send-reminder";
    private static final String ARGUMENT = "customer=";

    private final KeyedState committed;
    private final StoreTrial.Load load;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<Integer, Long> nextByDay = new HashMap<>();
    private final List<JobId> sample = new ArrayList<>();
    private final long nowMs;
    private final boolean recurring;
    private long made;

    TrialJobs(KeyedState committed, StoreTrial.Load load, long nowMs) {
        this.committed = committed;
        this.load = load;
        this.nowMs = nowMs;
        this.recurring = load.are(StoreTrial.Trait.RECURRING);
    }

    /** Jobs picked at random among all that were made. */
    List<JobId> sample() {
        return List.copyOf(sample);
    }

    /** The next batch. */
    Batch next(int jobs) {
        List<Change> changes = new ArrayList<>(jobs * 2);
        TreeSet<Integer> days = new TreeSet<>();
        for (int i = 0; i < jobs; i++) {
            long dueMs = load.fromMs() + random.nextLong(load.spanMs());
            int day = recurring ? 0 : (int) Math.floorDiv(dueMs, DAY_MS);
            days.add(day);
            long sequence = nextByDay.computeIfAbsent(day, slot -> Math.max(1, committed.nextSequence(slot)));
            nextByDay.put(day, sequence + 1);
            JobSpec spec = spec(JobId.of(PARTITION, day, sequence), dueMs);
            changes.add(new Change.PutSpec(spec, recurring ? -1 : dueMs));
            if (recurring) {
                NextFire first = new NextFire(dueMs, dueMs);
                changes.add(new Change.PutState(JobState.accepted(spec.id(), nowMs, Optional.of(first))));
            }
            spec.name()
                    .key()
                    .map(key -> new SubmitKey.Id(spec.tenant(), spec.name().name(), key))
                    .ifPresent(key ->
                            changes.add(new Change.PutSubmitKey(new SubmitKey(key, spec.id(), random.nextLong(), 0))));
            remember(spec.id());
            made++;
        }
        days.forEach(day -> changes.add(new Change.PutSlot(day, nextByDay.getOrDefault(day, 1L))));
        changes.add(new Change.PutCounts(waiting(committed.counts(JobName.DEFAULT_TENANT), jobs)));
        return new Batch(PARTITION, 1, nowMs, changes);
    }

    private JobSpec spec(JobId id, long dueMs) {
        List<String> argv = List.of(PROGRAM, ARGUMENT + hex((int) random.nextLong()));
        return new JobSpec(
                id,
                1,
                name(),
                recurring ? new Schedule.Every(load.spanMs(), dueMs) : new Schedule.Once(dueMs),
                Window.OPEN,
                new Work.Command(argv, Map.of(), Optional.empty(), Optional.empty(), Optional.empty()),
                Policy.DEFAULT,
                Map.of(),
                nowMs);
    }

    private static String hex(int number) {
        return HexFormat.of().toHexDigits(number);
    }

    private JobName name() {
        return load.are(StoreTrial.Trait.NAMED)
                ? new JobName(
                        JobName.DEFAULT_TENANT,
                        Optional.of("job-" + hex(mixed(made))),
                        Optional.of("key-" + hex(mixed(~made))))
                : new JobName(JobName.DEFAULT_TENANT, Optional.empty(), Optional.empty());
    }

    /** A one-to-one mix, so that names come in no order and none comes twice. */
    private static int mixed(long number) {
        int bits = (int) number * 0x9e3779b1;
        bits = (bits ^ (bits >>> 15)) * 0x85ebca6b;
        return bits ^ (bits >>> 13);
    }

    /** Keeps each job with the same chance. */
    private void remember(JobId id) {
        if (sample.size() < SAMPLE_MAX) {
            sample.add(id);
        } else {
            long place = random.nextLong(made + 1);
            if (place < SAMPLE_MAX) {
                sample.set((int) place, id);
            }
        }
    }

    private static Counts waiting(Counts before, int more) {
        return counts(before, more, 0);
    }

    /** Counters after some jobs that waited were cancelled. */
    static Counts cancelled(Counts before, int jobs) {
        return counts(before, -jobs, jobs);
    }

    private static Counts counts(Counts before, int scheduled, int cancelled) {
        return new Counts(
                before.tenant(),
                before.scheduled() + scheduled,
                before.paused(),
                before.finished(),
                before.cancelled() + cancelled,
                before.ready(),
                before.running(),
                before.retrying(),
                before.dead(),
                before.oneOffsDecided());
    }
}
