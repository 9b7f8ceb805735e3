package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.JobState;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finished runs in the order in which they ended, and the jobs that nothing remembers any more. Owned by the
 * partition's thread.
 *
 * <p>A job's lines are found by an index on the job; a run of a repeating job by one on its nominal instant too, which
 * the only scheduled run of a one-off does without. Pruning walks from the oldest line on, once for successes and once
 * for the others, which are kept longer.
 */
final class HistoryTable {
    /** Lines in a row that are too young before a walk ends: a clock that jumped may have put some out of order. */
    private static final int YOUNG_MAX = 1_000;
    /** Lines looked at for each one that may be removed. */
    private static final int LOOKED_PER_REMOVED = 8;

    private final Reads reads;
    /** Jobs looked at in one call; the next call goes on behind them. */
    private static final int FORGOTTEN_LOOKED_MAX = 4_000;
    /** So many are looked at in any case; more only as long as a quarter of all can go. */
    private static final int FORGOTTEN_TRIED = 128;

    private final Session session;
    private final RowWriter<Run> rows;
    private long forgottenCursor = -1;
    private final Set<JobId> appendedTo = new HashSet<>();
    private final Walk successes = new Walk();
    private final Walk others = new Walk();
    private long next;

    /** How far a walk came: every line up to here that it may ever remove is gone. */
    private static final class Walk {
        private long through;
        /** Up to this cut nothing can go: the lines that come next all ended then or later. */
        private long quietThroughMs = Long.MIN_VALUE;

        void begin() {
            through = 0;
            quietThroughMs = Long.MIN_VALUE;
        }
    }

    private record Line(long sequence, JobId job) {}

    HistoryTable(Reads reads) {
        this.reads = reads;
        this.session = reads.session();
        this.rows = new RowWriter<>(
                session,
                "INSERT INTO history (sequence, job, nominal, ended, verdict, run) VALUES ",
                "(?, ?, ?, ?, ?, ?)",
                "",
                this::bind);
    }

    /** Goes back to what is committed. */
    void load() {
        next = session.on("SELECT next_history FROM partition").number(1);
        successes.begin();
        others.begin();
        appendedTo.clear();
    }

    /** The number of the next line. */
    long next() {
        return next;
    }

    void beginBatch() {
        appendedTo.clear();
    }

    /** Whether a run is found by its nominal instant. */
    static boolean indexed(RunId id) {
        return id.kind() != RunKind.SCHEDULED || id.job().day() == 0;
    }

    void append(List<Run> runs) {
        rows.write(runs);
        for (Run run : runs) {
            appendedTo.add(run.id().job());
        }
    }

    private void bind(Query query, Run run) {
        query.with(next++).with(run.id().job().value());
        if (indexed(run.id())) {
            query.with(run.id().nominalMs());
        } else {
            query.withNull();
        }
        query.with(run.times().finishedMs())
                .with(Codec.code(run.state()))
                .with(Codec.encode(run, run.id().job()));
    }

    /** Notes a job whose life is over and that has no history left. */
    void over(JobState state) {
        if (isOver(state) && !appendedTo.contains(state.id())) {
            noteIfForgotten(state.id());
        }
    }

    private void noteIfForgotten(JobId job) {
        session.on("INSERT OR IGNORE INTO forgotten SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM history WHERE job = ?1)")
                .with(job.value())
                .run();
    }

    private static boolean isOver(JobState state) {
        return switch (state.phase()) {
            case FINISHED, CANCELLED -> true;
            case SCHEDULED, PAUSED -> false;
        };
    }

    List<JobId> forgottenJobs(long overBeforeMs, int limit) {
        List<JobId> jobs = new ArrayList<>();
        int[] looked = {0};
        boolean[] cut = {false};
        long from = forgottenCursor;
        session.on("SELECT job FROM forgotten WHERE job > ?"
                        + " AND NOT EXISTS (SELECT 1 FROM history WHERE job = forgotten.job)"
                        + " AND NOT EXISTS (SELECT 1 FROM run WHERE job = forgotten.job) ORDER BY job LIMIT ?")
                .with(from)
                .with(FORGOTTEN_LOOKED_MAX)
                .until(row -> {
                    JobId job = new JobId(row.number(1));
                    looked[0]++;
                    forgottenCursor = job.value();
                    boolean gone = reads.state(job)
                            .filter(state -> isOver(state) && state.phaseSinceMs() < overBeforeMs)
                            .isPresent();
                    if (gone) {
                        jobs.add(job);
                    }
                    cut[0] = looked[0] >= FORGOTTEN_TRIED && jobs.size() < looked[0] / 4;
                    return jobs.size() < limit && !cut[0];
                });
        if (jobs.size() == limit) {
            forgottenCursor = from;
        } else if (looked[0] < FORGOTTEN_LOOKED_MAX && !cut[0]) {
            forgottenCursor = -1;
        }
        return jobs;
    }

    /** Removes lines inside the caller's transaction. */
    int prune(Store.History cut, int limit) {
        int removed = prune(successes, "verdict = " + Codec.code(RunState.SUCCEEDED), cut.succeededBeforeMs(), limit);
        return removed
                + prune(others, "verdict <> " + Codec.code(RunState.SUCCEEDED), cut.othersBeforeMs(), limit - removed);
    }

    private int prune(Walk walk, String kind, long beforeMs, int limit) {
        if (beforeMs <= walk.quietThroughMs) {
            return 0;
        }
        long last = Math.min(next - 1, walk.through + (long) limit * LOOKED_PER_REMOVED + YOUNG_MAX);
        List<Line> gone = new ArrayList<>();
        Young young = new Young();
        session.on("SELECT sequence, job, ended FROM history WHERE sequence > ? AND sequence <= ? AND " + kind
                        + " ORDER BY sequence")
                .with(walk.through)
                .with(last)
                .until(row -> {
                    if (gone.size() == limit || young.count == YOUNG_MAX) {
                        young.cut = true;
                        return false;
                    }
                    if (row.number(3) < beforeMs) {
                        gone.add(new Line(row.number(1), new JobId(row.number(2))));
                    } else {
                        young.add(row.number(3));
                    }
                    if (young.count == 0) {
                        walk.through = row.number(1);
                    }
                    return true;
                });
        gone.forEach(this::remove);
        if (young.count == 0 && !young.cut) {
            walk.through = last;
        }
        // Lines that come are not looked at before some of these have gone.
        walk.quietThroughMs = young.count == YOUNG_MAX ? young.earliestMs : Long.MIN_VALUE;
        return gone.size();
    }

    /** Lines of a walk that are too young to go. */
    private static final class Young {
        private int count;
        private long earliestMs = Long.MAX_VALUE;
        private boolean cut;

        void add(long endedMs) {
            count++;
            earliestMs = Math.min(earliestMs, endedMs);
        }
    }

    private void remove(Line line) {
        session.on("DELETE FROM history WHERE sequence = ?")
                .with(line.sequence())
                .run();
        if (reads.state(line.job()).filter(HistoryTable::isOver).isPresent()) {
            noteIfForgotten(line.job());
        }
    }
}
