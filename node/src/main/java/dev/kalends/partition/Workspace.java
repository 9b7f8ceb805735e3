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
import dev.kalends.journal.Change.AppendHistory;
import dev.kalends.journal.Change.DeadKey;
import dev.kalends.journal.Change.PutCounts;
import dev.kalends.journal.Change.PutDead;
import dev.kalends.journal.Change.PutHead;
import dev.kalends.journal.Change.PutRequest;
import dev.kalends.journal.Change.PutRun;
import dev.kalends.journal.Change.PutSlot;
import dev.kalends.journal.Change.PutSpec;
import dev.kalends.journal.Change.PutState;
import dev.kalends.journal.Change.PutSubmitKey;
import dev.kalends.journal.Change.PutTenant;
import dev.kalends.journal.Change.RequestKey;
import dev.kalends.journal.Change.SlotKey;
import dev.kalends.journal.Change.SpecKey;
import dev.kalends.journal.Change.StateKey;
import dev.kalends.journal.Change.TenantKey;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.KeyedState;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.SubmitKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The view that one batch of commands is decided over: committed state under this batch's changes, one per key.
 *
 * <p>Owned by the partition's thread. {@link #put} is the only way to change anything; {@link #take} hands over the
 * batch and begins the next one. {@link ReadyRuns} and the timers follow the changes at once, so after a batch that
 * did not commit everything in memory is dropped and made again from the store.
 */
public final class Workspace implements KeyedState {
    private final Recent committed;
    private final ReadyRuns ready;
    private final Map<Object, Change> changeByKey = new LinkedHashMap<>();
    private final Map<NameKey, JobId> jobByName = new HashMap<>();
    private final Map<JobId, JobSpec> specByJob = new HashMap<>();
    private final Map<RunId, Run> finishedByRun = new HashMap<>();
    private final Set<JobId> forgotten = new HashSet<>();
    private final LedgerOverlay ledger = new LedgerOverlay();
    private final RunOverlay runs = new RunOverlay();
    private final PauseBoard pauses;
    private final CountsDelta countsDelta;
    private final List<Effect> effects = new ArrayList<>();
    private Head head;

    private record NameKey(String tenant, String name) {}

    /** A batch's changes and effects. */
    public record Taken(List<Change> changes, List<Effect> effects) {}

    public Workspace(KeyedState committed, ReadyRuns ready) {
        this.committed = new Recent(committed);
        this.ready = ready;
        this.head = committed.head();
        this.pauses = new PauseBoard(committed);
        this.countsDelta = new CountsDelta(committed);
    }

    /** Sets the new state of a key. */
    void put(Change change) {
        changeByKey.put(change.key(), change);
        switch (change) {
            case PutSpec put -> {
                JobSpec spec = put.spec();
                specByJob.merge(spec.id(), spec, (a, b) -> a.generation() > b.generation() ? a : b);
                spec.name().name().ifPresent(name -> jobByName.put(new NameKey(spec.tenant(), name), spec.id()));
            }
            case AppendHistory history -> finishedByRun.put(history.run().id(), history.run());
            case PutRun put -> runs.put(put.run());
            case Change.RemoveRun remove -> runs.remove(remove.id());
            case Change.PutLedger put -> ledger.put(put.line());
            case Change.RemoveLedger remove -> ledger.remove(remove.job(), remove.fromMs());
            case Change.RemoveJob remove -> forgotten.add(remove.id());
            case Change.PutPause order -> pauses.put(order.order());
            case Change.RemovePause remove -> pauses.remove(remove.tenant());
            case Change.PutBackfill backfill -> pauses.put(backfill.backfill());
            case Change.RemoveBackfill remove -> pauses.removeBackfill(remove.job(), remove.number());
            case PutState _,
                    PutDead _,
                    Change.RemoveDead _,
                    PutSubmitKey _,
                    Change.RemoveSubmitKey _,
                    PutRequest _,
                    Change.RemoveRequest _,
                    PutSlot _,
                    PutTenant _,
                    PutCounts _,
                    PutHead _ -> {}
        }
    }

    /** Reads at once what is stored of jobs that commands to come are about: one by one costs several times as much. */
    public void expect(Collection<JobId> jobs) {
        committed.expect(jobs);
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void count(Effect.Metric metric, long n) {
        effects.add(new Effect.Counted(metric, n));
    }

    /** The runs that wait to be claimed. */
    public ReadyRuns ready() {
        return ready;
    }

    CountsDelta countsDelta() {
        return countsDelta;
    }

    /** Takes the next fencing token. */
    long nextToken() {
        long token = head.nextToken();
        setHead(new Head(token + 1, head.epoch(), head.featureLevel(), head.incarnation()));
        return token;
    }

    void setHead(Head newHead) {
        head = newHead;
        put(new PutHead(newHead));
    }

    /** Whether the batch would change nothing. */
    public boolean isEmpty() {
        return changeByKey.isEmpty() && effects.isEmpty();
    }

    /** How many keys the batch changes so far. */
    public int size() {
        return changeByKey.size();
    }

    /** Hands over the batch; the next one begins on what will then be committed. */
    public Taken take() {
        countsDelta.drain(counts -> changeByKey.put(new Change.CountsKey(counts.tenant()), new PutCounts(counts)));
        Taken taken = new Taken(List.copyOf(changeByKey.values()), List.copyOf(effects));
        committed.landed(taken.changes());
        changeByKey.clear();
        jobByName.clear();
        specByJob.clear();
        finishedByRun.clear();
        forgotten.clear();
        runs.clear();
        ledger.clear();
        effects.clear();
        return taken;
    }

    /** A job that this batch forgot is gone for whatever else the batch decides. */
    @Override
    public Optional<JobSpec> spec(JobId id) {
        if (forgotten.contains(id)) {
            return Optional.empty();
        }
        return Optional.ofNullable(specByJob.get(id)).or(() -> committed.spec(id));
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        return switch (changeByKey.get(new SpecKey(id, generation))) {
            case PutSpec put -> Optional.of(put.spec());
            case null, default -> committed.spec(id, generation);
        };
    }

    @Override
    public Optional<JobState> state(JobId id) {
        return find(new StateKey(id), change -> ((PutState) change).state(), () -> committed.state(id));
    }

    @Override
    public Optional<Run> run(RunId id) {
        Optional<Optional<Run>> touched = runs.find(id);
        return touched.isPresent() ? touched.get() : committed.run(id);
    }

    /** Whether a run is open, or was until this batch ended it. */
    boolean touchedOrOpen(RunId id) {
        return runs.find(id).isPresent() || committed.run(id).isPresent();
    }

    @Override
    public List<Run> openRuns(JobId id) {
        return runs.over(id, committed.openRuns(id));
    }

    @Override
    public Optional<Run> finished(RunId id) {
        return Optional.ofNullable(finishedByRun.get(id)).or(() -> committed.finished(id));
    }

    @Override
    public Optional<DeadLetter> dead(RunId id) {
        return switch (changeByKey.get(new DeadKey(id))) {
            case PutDead put -> Optional.of(put.letter());
            case Change.RemoveDead _ -> Optional.empty();
            case null, default -> committed.dead(id);
        };
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        return Optional.ofNullable(jobByName.get(new NameKey(tenant, name))).or(() -> committed.named(tenant, name));
    }

    @Override
    public Optional<SubmitKey> submitKey(SubmitKey.Id id) {
        return switch (changeByKey.get(id)) {
            case PutSubmitKey put -> Optional.of(put.entry());
            case Change.RemoveSubmitKey _ -> Optional.empty();
            case null, default -> committed.submitKey(id);
        };
    }

    @Override
    public Optional<RequestAnswer> request(String requestId) {
        return switch (changeByKey.get(new RequestKey(requestId))) {
            case PutRequest put -> Optional.of(put.answer());
            case Change.RemoveRequest _ -> Optional.empty();
            case null, default -> committed.request(requestId);
        };
    }

    @Override
    public long nextSequence(int day) {
        return find(
                        new SlotKey(day),
                        change -> ((PutSlot) change).nextSequence(),
                        () -> Optional.of(committed.nextSequence(day)))
                .orElseThrow();
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return find(new TenantKey(name), change -> ((PutTenant) change).tenant(), () -> committed.tenant(name));
    }

    @Override
    public Counts counts(String tenant) {
        return countsDelta.of(tenant);
    }

    @Override
    public List<PauseOrder> pauses() {
        return pauses.orders();
    }

    /** The pause that holds back what comes due of a tenant: of everything first, else its own. */
    Optional<PauseOrder> pauseOver(String tenant) {
        return pauses.over(tenant);
    }

    /** As it was committed before this batch. */
    @Override
    public List<JobId> heldBy(Optional<String> tenant, int limit) {
        return committed.heldBy(tenant, limit);
    }

    @Override
    public List<Backfill> backfills() {
        return pauses.backfills();
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Optional<LedgerLine> ledgerAtOrBefore(JobId job, long nominalMs) {
        return ledger.atOrBefore(job, nominalMs, committed);
    }

    @Override
    public Optional<LedgerLine> ledgerAfter(JobId job, long nominalMs) {
        return ledger.after(job, nominalMs, committed);
    }

    private <T> Optional<T> find(
            Object key, Function<Change, T> value, java.util.function.Supplier<Optional<T>> below) {
        Change change = changeByKey.get(key);
        return change == null ? below.get() : Optional.of(value.apply(change));
    }
}
