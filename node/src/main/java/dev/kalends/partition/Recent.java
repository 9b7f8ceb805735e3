package dev.kalends.partition;

import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.JobRecord;
import dev.kalends.journal.KeyedState;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.SubmitKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Committed state with what was lately read or written of jobs kept in memory: by the profile half of a partition's
 * time went into reading back what it had written a moment before, as a run is fired, claimed and reported.
 *
 * <p>It may keep, because nobody but this leader changes a job's specs, state, open runs and ledger during its term,
 * and a batch that did not land ends the term, and this with it. Of a job it keeps each of the four only as a whole:
 * what is known of the open runs are all of them. The {@value #JOBS_MAX} jobs that were touched last are kept, but
 * for those that are over: hardly anybody asks for them again, and the collector would have to move them first.
 */
final class Recent implements KeyedState {
    /** About a kilobyte each. */
    static final int JOBS_MAX = 16_384;
    /** Open runs of a job with more are not kept. */
    static final int OPEN_MAX = 64;

    /** Days whose next sequence number is kept. */
    static final int DAYS_MAX = 4_096;

    private final KeyedState store;
    private final LinkedHashMap<Integer, Long> nextByDay = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > DAYS_MAX;
        }
    };
    private final LinkedHashMap<JobId, Known> knownByJob = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Known> eldest) {
            return size() > JOBS_MAX;
        }
    };

    /** What is known of a job; each part is unknown at first. */
    private static final class Known {
        private Optional<JobSpec> current = Optional.empty();
        private Optional<JobSpec> earlier = Optional.empty();
        private Optional<Optional<JobState>> state = Optional.empty();
        private Optional<TreeMap<RunId, Run>> open = Optional.empty();
        /** More runs are open than are kept. */
        private boolean crowded;
        /** The line that begins last, or that there is none. */
        private Optional<Optional<LedgerLine>> last = Optional.empty();

        /** Whether reading all of it at once would bring anything new. */
        private boolean whole() {
            return current.isPresent() && state.isPresent() && (open.isPresent() || crowded);
        }

        /** Whether it has ended, and its last run too. */
        private boolean over() {
            return state.flatMap(known -> known)
                            .filter(known -> known.phase().isOver())
                            .isPresent()
                    && open.filter(TreeMap::isEmpty).isPresent();
        }

        /** Takes what was read of it; what is known already is the same. */
        private void fill(JobRecord record) {
            current = Optional.of(record.spec());
            state = Optional.of(record.state());
            setOpen(record.open());
        }

        private void setOpen(List<Run> runs) {
            crowded = runs.size() > OPEN_MAX;
            if (!crowded) {
                TreeMap<RunId, Run> byId = new TreeMap<>();
                runs.forEach(run -> byId.put(run.id(), run));
                open = Optional.of(byId);
            }
        }
    }

    Recent(KeyedState store) {
        this.store = store;
    }

    private Known known(JobId id) {
        return knownByJob.computeIfAbsent(id, _ -> new Known());
    }

    /** Reads at once what is not known yet of jobs that are about to be decided about. */
    void expect(Collection<JobId> jobs) {
        Set<JobId> missing = new LinkedHashSet<>();
        for (JobId job : jobs) {
            Known known = knownByJob.get(job);
            if (known == null || !known.whole()) {
                missing.add(job);
            }
        }
        if (missing.size() > 1) {
            store.records(List.copyOf(missing))
                    .forEach((job, record) -> known(job).fill(record));
        }
    }

    /** A batch will be committed before anything else is asked. */
    void landed(Iterable<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.PutSpec put -> landed(put.spec());
                case Change.PutState put -> landed(put.state());
                case Change.PutRun put -> landed(put.run());
                case Change.RemoveRun remove -> removed(remove.id());
                case Change.PutLedger put -> landed(put.line());
                case Change.RemoveLedger remove -> removed(remove.job(), remove.fromMs());
                case Change.RemoveJob remove -> knownByJob.remove(remove.id());
                case Change.PutSlot put -> nextByDay.put(put.day(), put.nextSequence());
                case Change.AppendHistory _,
                        Change.PutDead _,
                        Change.RemoveDead _,
                        Change.PutSubmitKey _,
                        Change.RemoveSubmitKey _,
                        Change.PutRequest _,
                        Change.RemoveRequest _,
                        Change.PutTenant _,
                        Change.PutCounts _,
                        Change.PutHead _,
                        Change.PutPause _,
                        Change.RemovePause _,
                        Change.PutBackfill _,
                        Change.RemoveBackfill _ -> {}
            }
        }
    }

    private void landed(JobState state) {
        Known known = knownByJob.get(state.id());
        if (known != null) {
            known.state = Optional.of(Optional.of(state));
            dropIfOver(state.id(), known);
        }
    }

    /** The state and the end of the last run come in one batch, in any order. */
    private void dropIfOver(JobId id, Known known) {
        if (known.over()) {
            knownByJob.remove(id);
        }
    }

    private void landed(Run run) {
        Known known = knownByJob.get(run.id().job());
        if (known != null && known.open.isPresent()) {
            known.open.get().put(run.id(), run);
            known.crowded = known.open.get().size() > OPEN_MAX;
            known.open = known.open.filter(open -> open.size() <= OPEN_MAX);
        }
    }

    private void removed(RunId run) {
        Known known = knownByJob.get(run.job());
        if (known != null) {
            known.open.ifPresent(open -> open.remove(run));
            dropIfOver(run.job(), known);
        }
    }

    private void landed(JobSpec spec) {
        Known known = knownByJob.get(spec.id());
        if (known != null && known.current.isPresent() && known.current.get().generation() <= spec.generation()) {
            known.earlier = known.current.filter(before -> before.generation() < spec.generation());
            known.current = Optional.of(spec);
        } else {
            // A job that nobody asked for yet, such as one of many that wait for a far day, is not worth its room.
            knownByJob.remove(spec.id());
        }
    }

    private void landed(LedgerLine line) {
        Known known = knownByJob.get(line.job());
        if (known != null && known.last.isPresent()) {
            boolean later = known.last
                    .get()
                    .filter(last -> last.fromMs() > line.fromMs())
                    .isEmpty();
            if (later) {
                known.last = Optional.of(Optional.of(line));
            }
        }
    }

    private void removed(JobId job, long fromMs) {
        Known known = knownByJob.get(job);
        if (known != null
                && known.last
                        .flatMap(last -> last)
                        .filter(last -> last.fromMs() == fromMs)
                        .isPresent()) {
            known.last = Optional.empty();
        }
    }

    @Override
    public Optional<JobSpec> spec(JobId id) {
        Known known = known(id);
        if (known.current.isEmpty()) {
            known.current = store.spec(id);
        }
        return known.current;
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        Known known = known(id);
        Optional<JobSpec> found = known.current
                .filter(spec -> spec.generation() == generation)
                .or(() -> known.earlier.filter(spec -> spec.generation() == generation));
        if (found.isPresent()) {
            return found;
        }
        Optional<JobSpec> read = store.spec(id, generation);
        known.earlier = read.isPresent() ? read : known.earlier;
        return read;
    }

    @Override
    public Optional<JobState> state(JobId id) {
        Known known = known(id);
        if (known.state.isEmpty()) {
            known.state = Optional.of(store.state(id));
        }
        return known.state.get();
    }

    /** A job that runs once has few runs; of one that repeats, its fire has asked for all of them before. */
    @Override
    public Optional<Run> run(RunId id) {
        Known known = known(id.job());
        boolean few = known.current.filter(spec -> !spec.schedule().repeats()).isPresent();
        if (known.open.isEmpty() && few) {
            openRuns(id.job());
        }
        return known.open.isPresent() ? Optional.ofNullable(known.open.get().get(id)) : store.run(id);
    }

    @Override
    public List<Run> openRuns(JobId id) {
        Known known = known(id);
        if (known.open.isPresent()) {
            return new ArrayList<>(known.open.get().values());
        }
        List<Run> read = store.openRuns(id);
        known.setOpen(read);
        return read;
    }

    @Override
    public Optional<LedgerLine> ledgerAtOrBefore(JobId job, long nominalMs) {
        Optional<LedgerLine> last = last(job);
        return last.isEmpty() || last.get().fromMs() <= nominalMs ? last : store.ledgerAtOrBefore(job, nominalMs);
    }

    @Override
    public Optional<LedgerLine> ledgerAfter(JobId job, long nominalMs) {
        Optional<LedgerLine> last = last(job);
        return last.isEmpty() || last.get().fromMs() <= nominalMs
                ? Optional.empty()
                : store.ledgerAfter(job, nominalMs);
    }

    private Optional<LedgerLine> last(JobId job) {
        Known known = known(job);
        if (known.last.isEmpty()) {
            known.last = Optional.of(store.ledgerAtOrBefore(job, Long.MAX_VALUE));
        }
        return known.last.get();
    }

    @Override
    public Optional<Run> finished(RunId id) {
        return store.finished(id);
    }

    @Override
    public Optional<DeadLetter> dead(RunId id) {
        return store.dead(id);
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        return store.named(tenant, name);
    }

    @Override
    public Optional<SubmitKey> submitKey(SubmitKey.Id id) {
        return store.submitKey(id);
    }

    @Override
    public Optional<RequestAnswer> request(String requestId) {
        return store.request(requestId);
    }

    @Override
    public long nextSequence(int day) {
        return nextByDay.computeIfAbsent(day, store::nextSequence);
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return store.tenant(name);
    }

    @Override
    public Counts counts(String tenant) {
        return store.counts(tenant);
    }

    @Override
    public List<PauseOrder> pauses() {
        return store.pauses();
    }

    @Override
    public List<JobId> heldBy(Optional<String> tenant, int limit) {
        return store.heldBy(tenant, limit);
    }

    @Override
    public List<Backfill> backfills() {
        return store.backfills();
    }

    @Override
    public Head head() {
        return store.head();
    }
}
