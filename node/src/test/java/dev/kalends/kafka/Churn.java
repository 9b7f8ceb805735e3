package dev.kalends.kafka;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.repeating;

import dev.kalends.job.Backfill;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.testing.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Batches of a partition where much happens to few jobs, from a seed: what is put is often put anew or removed. */
final class Churn {
    /** Day slots that are counted. */
    static final int DAYS = 5;

    private static final int JOBS = 12;
    private static final int RUNS = 6;

    private final Random random;
    private final Map<Integer, JobSpec> specByPlace = new HashMap<>();
    private long nextJob = 1;
    private long nextToken = 1;

    Churn(long seed) {
        random = new Random(seed);
    }

    /** At most one change a key, as in every batch. */
    List<Change> batch() {
        Map<Object, Change> changes = new LinkedHashMap<>();
        int steps = 1 + random.nextInt(6);
        for (int i = 0; i < steps; i++) {
            for (Change change : step()) {
                changes.put(change.key(), change);
            }
        }
        Change head = new Change.PutHead(new Head(++nextToken, 1, 1, 1));
        changes.put(head.key(), head);
        return List.copyOf(changes.values());
    }

    private List<Change> step() {
        int place = random.nextInt(JOBS);
        JobSpec spec = specByPlace.get(place);
        if (spec == null) {
            JobSpec made = Samples.named(repeating(nextJob++), "job" + place);
            specByPlace.put(place, made);
            return List.of(new Change.PutSpec(made, -1), new Change.PutState(Samples.next(made.id(), T0)));
        }
        JobId job = spec.id();
        long nominalMs = T0 + random.nextInt(RUNS);
        RunId run = RunId.scheduled(job, nominalMs);
        return switch (random.nextInt(10)) {
            case 0 -> {
                JobSpec edited = Samples.edited(spec, spec.generation() + 1);
                specByPlace.put(place, edited);
                yield List.of(new Change.PutSpec(edited, -1));
            }
            case 1 -> List.of(new Change.PutState(Samples.next(job, T0 + random.nextInt(1_000))));
            case 2 -> List.of(new Change.PutRun(Samples.leased(job, nominalMs, nextToken)));
            case 3 -> ended(job, run);
            case 4 ->
                List.of(new Change.PutLedger(new LedgerLine(
                        job, nominalMs, nominalMs, 1 + random.nextInt(9), RunState.SUCCEEDED, Optional.empty())));
            case 5 -> List.of(new Change.RemoveLedger(job, nominalMs));
            case 6 -> List.of(new Change.PutSlot(random.nextInt(DAYS), random.nextInt(1_000)));
            case 7 -> request("r" + random.nextInt(5));
            case 8 ->
                List.of(
                        new Change.PutCounts(Counts.none("t" + random.nextInt(3))),
                        random.nextBoolean()
                                ? new Change.PutBackfill(new Backfill(job, 1, 1, T0, T0 + 9, random.nextInt(9), 9, 5))
                                : new Change.RemoveBackfill(job, 1));
            default -> over(place, job);
        };
    }

    /** A run ends once: one that ends again has another series, which is as good as another run here. */
    private List<Change> ended(JobId job, RunId run) {
        Run ended = Samples.dead(job, T0 + RUNS + nextToken, T0 + 50);
        return List.of(
                new Change.RemoveRun(run),
                new Change.AppendHistory(ended),
                new Change.PutDead(Samples.letter(Samples.dead(job, run.nominalMs(), T0 + 50))));
    }

    private List<Change> request(String id) {
        return List.of(
                random.nextBoolean()
                        ? new Change.PutRequest(new RequestAnswer(id, T0 + random.nextInt(99), 1, List.of()))
                        : new Change.RemoveRequest(id));
    }

    /** A job goes, with all that a job has when it goes: no open run, no letter, no backfill. */
    private List<Change> over(int place, JobId job) {
        specByPlace.remove(place);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            RunId run = RunId.scheduled(job, T0 + i);
            changes.add(new Change.RemoveRun(run));
            changes.add(new Change.RemoveDead(run));
        }
        changes.add(new Change.RemoveBackfill(job, 1));
        changes.add(new Change.RemoveJob(job));
        return changes;
    }
}
