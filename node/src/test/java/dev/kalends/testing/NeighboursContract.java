package dev.kalends.testing;

import static dev.kalends.testing.Samples.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.journal.Change;
import dev.kalends.journal.JobRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Jobs whose ids follow each other, as those of one bulk submit do: a store may treat them as ranges. */
public interface NeighboursContract extends StoreHarness {
    @Test
    default void runsOfNeighboursComeAndGoOneByOne() {
        int jobs = 60;
        long seed = 20_261_127;
        Random random = new Random(seed);
        for (int i = 0; i < jobs; i += 1 + random.nextInt(2)) {
            apply(new Change.PutSpec(Samples.once(Samples.oneOff(i), T0), T0));
            if (random.nextInt(3) == 0) {
                apply(new Change.PutState(Samples.next(Samples.oneOff(i), T0)));
            }
        }
        Map<RunId, Run> open = new TreeMap<>();
        for (int batch = 0; batch < 200; batch++) {
            List<Change> changes = new ArrayList<>();
            int from = random.nextInt(jobs);
            int to = from + 1 + random.nextInt(jobs - from);
            boolean end = random.nextBoolean();
            int some = 1 + random.nextInt(20);
            for (int i = from; i < to; i++) {
                Run run = anyRun(Samples.oneOff(i), random.nextInt(some));
                if (end && random.nextInt(some) != 0) {
                    open.remove(run.id());
                    changes.add(new Change.RemoveRun(run.id()));
                } else {
                    open.put(run.id(), run);
                    changes.add(new Change.PutRun(run));
                }
            }
            apply(changes.toArray(Change[]::new));
            Map<RunId, Run> stored = new TreeMap<>();
            store().openRuns(run -> stored.put(run.id(), run));
            assertEquals(open, stored, "seed=" + seed + " batch=" + batch);
            List<JobId> asked = ids(from, to);
            asked.removeIf(_ -> random.nextInt(some) == 0);
            assertEquals(oneByOne(asked), store().records(asked), "seed=" + seed + " batch=" + batch);
        }
    }

    /** Mostly the scheduled run, sometimes one of another instant or kind beside it. */
    private static Run anyRun(JobId job, int choice) {
        return switch (choice) {
            case 1 -> Samples.ready(job, T0 + 1);
            case 2 -> Samples.ready(new RunId(job, T0, RunKind.MANUAL, 1));
            case 3 -> Samples.ready(new RunId(job, T0 + 1, RunKind.MANUAL, 1));
            default -> Samples.ready(job, T0);
        };
    }

    private static List<JobId> ids(int from, int to) {
        List<JobId> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add(Samples.oneOff(i));
        }
        return ids;
    }

    private Map<JobId, JobRecord> oneByOne(List<JobId> jobs) {
        Map<JobId, JobRecord> records = new HashMap<>();
        for (JobId job : jobs) {
            store().spec(job)
                    .ifPresent(
                            spec -> records.put(job, new JobRecord(spec, store().state(job), store().openRuns(job))));
        }
        return records;
    }
}
