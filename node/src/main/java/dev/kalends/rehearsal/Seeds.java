package dev.kalends.rehearsal;

import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Lease;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.memory.MemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts jobs as they stand into an empty store. Their ledger stays behind: what is there later came of the course. */
final class Seeds {
    private static final int CHANGES_A_BATCH = 5_000;

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Counts> countsByTenant = new HashMap<>();
    private final Map<Integer, Long> lastSequenceByDay = new HashMap<>();
    private long highestToken;

    private Seeds() {}

    static void plant(Scenario scenario, MemoryStore store) {
        Seeds seeds = new Seeds();
        scenario.jobs().forEach(seeds::add);
        // Ids of drafts begin behind those that are given.
        seeds.lastSequenceByDay.forEach((day, last) -> seeds.changes.add(new Change.PutSlot(day, last + 1)));
        scenario.orders().pauses().forEach(order -> seeds.changes.add(new Change.PutPause(order)));
        scenario.orders().backfills().forEach(backfill -> seeds.changes.add(new Change.PutBackfill(backfill)));
        seeds.countsByTenant.values().forEach(counts -> seeds.changes.add(new Change.PutCounts(counts)));
        seeds.changes.add(
                new Change.PutHead(new Head(seeds.highestToken + 1, 0, Head.FEATURE_LEVEL, Head.FIRST.incarnation())));
        List<Change> all = seeds.changes;
        for (int from = 0; from < all.size(); from += CHANGES_A_BATCH) {
            List<Change> some = all.subList(from, Math.min(all.size(), from + CHANGES_A_BATCH));
            store.apply(new Batch(RehearsedNode.PARTITION, 0, scenario.course().startMs(), some), store.position() + 1);
        }
    }

    private void add(Subject job) {
        for (JobSpec spec : job.specs()) {
            changes.add(new Change.PutSpec(spec, dueMs(spec)));
        }
        JobId id = job.spec().id();
        lastSequenceByDay.merge(id.day(), id.sequence(), Math::max);
        job.state().ifPresent(state -> changes.add(new Change.PutState(state)));
        for (Run run : job.open()) {
            changes.add(new Change.PutRun(run));
            highestToken = Math.max(highestToken, run.lease().map(Lease::token).orElse(0L));
        }
        countsByTenant.merge(job.spec().tenant(), counts(job), Seeds::sum);
    }

    /** The due instant of a one-off, for the far tier. */
    private static long dueMs(JobSpec spec) {
        return spec.schedule() instanceof Schedule.Once once ? spec.dueMs(once.atMs()) : -1;
    }

    private static Counts counts(Subject job) {
        JobPhase phase = job.state().map(JobState::phase).orElse(JobPhase.SCHEDULED);
        boolean waits = job.state()
                        .map(state -> state.next().isPresent())
                        .orElse(job.open().isEmpty())
                || job.spec().schedule() instanceof Schedule.Manual;
        return new Counts(
                job.spec().tenant(),
                phase == JobPhase.SCHEDULED && waits ? 1 : 0,
                phase == JobPhase.PAUSED ? 1 : 0,
                phase == JobPhase.FINISHED ? 1 : 0,
                phase == JobPhase.CANCELLED ? 1 : 0,
                open(job, RunState.READY),
                open(job, RunState.LEASED),
                open(job, RunState.RETRYING),
                0,
                0);
    }

    private static long open(Subject job, RunState state) {
        return job.open().stream().filter(run -> run.state() == state).count();
    }

    private static Counts sum(Counts a, Counts b) {
        return new Counts(
                a.tenant(),
                a.scheduled() + b.scheduled(),
                a.paused() + b.paused(),
                a.finished() + b.finished(),
                a.cancelled() + b.cancelled(),
                a.ready() + b.ready(),
                a.running() + b.running(),
                a.retrying() + b.retrying(),
                a.dead() + b.dead(),
                a.oneOffsDecided() + b.oneOffsDecided());
    }
}
