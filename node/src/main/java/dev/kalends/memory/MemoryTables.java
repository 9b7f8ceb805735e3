package dev.kalends.memory;

import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Change.BackfillKey;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.KeyedState;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.SubmitKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The state of one partition in maps; a copy is a snapshot, because all values are immutable. */
final class MemoryTables implements KeyedState {
    /** A tenant's name for a job. */
    record NameKey(String tenant, String name) {}

    /** One generation with its due instant. */
    record Generation(JobSpec spec, long firstDueMs) {}

    final TreeMap<JobId, NavigableMap<Integer, Generation>> generationsByJob = new TreeMap<>();
    final Map<JobId, JobState> stateByJob = new HashMap<>();
    final TreeMap<RunId, Run> runById = new TreeMap<>();
    final Map<JobId, NavigableMap<Long, LedgerLine>> ledgerByJob = new HashMap<>();
    final TreeMap<RunId, DeadLetter> letterByRun = new TreeMap<>();
    final TreeMap<NameKey, JobId> jobByName =
            new TreeMap<>(Comparator.comparing(NameKey::tenant).thenComparing(NameKey::name));
    final Map<SubmitKey.Id, SubmitKey> keyById = new HashMap<>();
    final Map<String, RequestAnswer> answerById = new HashMap<>();
    final Map<Integer, Long> sequenceByDay = new HashMap<>();
    final TreeMap<String, Tenant> tenantByName = new TreeMap<>();
    final TreeMap<String, Counts> countsByTenant = new TreeMap<>();
    final TreeMap<String, PauseOrder> orderByTenant = new TreeMap<>();
    final TreeMap<BackfillKey, Backfill> backfillByKey =
            new TreeMap<>(Comparator.comparing(BackfillKey::job).thenComparingInt(BackfillKey::number));
    final MemoryHistory history;
    final MemoryAgenda agenda;
    Head head = Head.FIRST;
    long position;

    MemoryTables() {
        history = new MemoryHistory();
        agenda = new MemoryAgenda();
    }

    MemoryTables(MemoryTables original) {
        original.generationsByJob.forEach((job, map) -> generationsByJob.put(job, new TreeMap<>(map)));
        stateByJob.putAll(original.stateByJob);
        runById.putAll(original.runById);
        original.ledgerByJob.forEach((job, lines) -> ledgerByJob.put(job, new TreeMap<>(lines)));
        letterByRun.putAll(original.letterByRun);
        jobByName.putAll(original.jobByName);
        keyById.putAll(original.keyById);
        answerById.putAll(original.answerById);
        sequenceByDay.putAll(original.sequenceByDay);
        tenantByName.putAll(original.tenantByName);
        countsByTenant.putAll(original.countsByTenant);
        orderByTenant.putAll(original.orderByTenant);
        backfillByKey.putAll(original.backfillByKey);
        history = new MemoryHistory(original.history);
        agenda = new MemoryAgenda(original.agenda);
        head = original.head;
        position = original.position;
    }

    void apply(Batch batch, long newPosition) {
        agenda.dropForgotten();
        batch.changes().forEach(this::apply);
        position = newPosition;
    }

    private void apply(Change change) {
        switch (change) {
            case Change.PutSpec put -> putSpec(put);
            case Change.RemoveJob remove -> removeJob(remove.id());
            case Change.PutState put -> putState(put.state());
            case Change.PutRun put -> putRun(put.run());
            case Change.RemoveRun remove -> runById.remove(remove.id());
            case Change.AppendHistory append -> history.append(append.run());
            case Change.PutLedger put ->
                ledgerByJob
                        .computeIfAbsent(put.line().job(), _ -> new TreeMap<>())
                        .put(put.line().fromMs(), put.line());
            case Change.RemoveLedger remove -> ledger(remove.job()).remove(remove.fromMs());
            case Change.PutDead put -> letterByRun.put(put.letter().run().id(), put.letter());
            case Change.RemoveDead remove -> letterByRun.remove(remove.id());
            case Change.PutSubmitKey put -> keyById.put(put.entry().id(), put.entry());
            case Change.RemoveSubmitKey remove -> keyById.remove(remove.id());
            case Change.PutRequest put -> answerById.put(put.answer().requestId(), put.answer());
            case Change.RemoveRequest remove -> answerById.remove(remove.requestId());
            case Change.PutSlot put -> sequenceByDay.put(put.day(), put.nextSequence());
            case Change.PutTenant put -> tenantByName.put(put.tenant().name(), put.tenant());
            case Change.PutCounts put -> countsByTenant.put(put.counts().tenant(), put.counts());
            case Change.PutHead put -> head = put.head();
            case Change.PutPause put -> orderByTenant.put(put.order().tenant().orElse(""), put.order());
            case Change.RemovePause remove ->
                orderByTenant.remove(remove.tenant().orElse(""));
            case Change.PutBackfill put ->
                backfillByKey.put(
                        new BackfillKey(put.backfill().job(), put.backfill().number()), put.backfill());
            case Change.RemoveBackfill remove -> backfillByKey.remove(new BackfillKey(remove.job(), remove.number()));
        }
    }

    private void putSpec(Change.PutSpec put) {
        JobSpec spec = put.spec();
        generationsByJob
                .computeIfAbsent(spec.id(), _ -> new TreeMap<>())
                .put(spec.generation(), new Generation(spec, put.firstDueMs()));
        spec.name().name().ifPresent(name -> jobByName.put(new NameKey(spec.tenant(), name), spec.id()));
        if (spec.generation() == 1 && put.firstDueMs() >= 0) {
            agenda.oneOff(spec.id(), put.firstDueMs());
        }
    }

    private void removeJob(JobId id) {
        spec(id).ifPresent(spec ->
                spec.name().name().ifPresent(name -> jobByName.remove(new NameKey(spec.tenant(), name), id)));
        generationsByJob.remove(id);
        stateByJob.remove(id);
        ledgerByJob.remove(id);
    }

    private void putState(JobState state) {
        stateByJob.put(state.id(), state);
        state.wakeMs().ifPresent(wakeMs -> agenda.job(wakeMs, state.id()));
    }

    private void putRun(Run run) {
        runById.put(run.id(), run);
        if (run.state() == RunState.RETRYING) {
            agenda.run(run.wakeMs(), run.id());
        }
    }

    /** Whether nothing has become of a one-off yet. */
    boolean waits(JobId id) {
        return !stateByJob.containsKey(id) && openRuns(id).isEmpty();
    }

    boolean forgotten(JobState state) {
        return state.phase().isOver() && openRuns(state.id()).isEmpty() && !history.has(state.id());
    }

    NavigableMap<Long, LedgerLine> ledger(JobId job) {
        return ledgerByJob.getOrDefault(job, new TreeMap<>());
    }

    Optional<Generation> current(JobId id) {
        return Optional.ofNullable(generationsByJob.get(id))
                .map(generations -> generations.lastEntry().getValue());
    }

    @Override
    public Optional<JobSpec> spec(JobId id) {
        return current(id).map(Generation::spec);
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        return Optional.ofNullable(generationsByJob.get(id))
                .flatMap(generations -> Optional.ofNullable(generations.get(generation)))
                .map(Generation::spec);
    }

    @Override
    public Optional<JobState> state(JobId id) {
        return Optional.ofNullable(stateByJob.get(id));
    }

    @Override
    public Optional<Run> run(RunId id) {
        return Optional.ofNullable(runById.get(id));
    }

    @Override
    public List<Run> openRuns(JobId id) {
        return runById.tailMap(RunId.scheduled(id, 0)).values().stream()
                .takeWhile(run -> run.id().job().equals(id))
                .toList();
    }

    @Override
    public Optional<Run> finished(RunId id) {
        return history.last(id);
    }

    @Override
    public Optional<DeadLetter> dead(RunId id) {
        return Optional.ofNullable(letterByRun.get(id));
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        return Optional.ofNullable(jobByName.get(new NameKey(tenant, name)));
    }

    @Override
    public Optional<SubmitKey> submitKey(SubmitKey.Id id) {
        return Optional.ofNullable(keyById.get(id));
    }

    @Override
    public Optional<RequestAnswer> request(String requestId) {
        return Optional.ofNullable(answerById.get(requestId));
    }

    @Override
    public long nextSequence(int day) {
        return sequenceByDay.getOrDefault(day, 0L);
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return Optional.ofNullable(tenantByName.get(name));
    }

    @Override
    public Counts counts(String tenant) {
        return countsByTenant.getOrDefault(tenant, Counts.none(tenant));
    }

    @Override
    public List<PauseOrder> pauses() {
        return List.copyOf(orderByTenant.values());
    }

    @Override
    public List<JobId> heldBy(Optional<String> tenant, int limit) {
        return stateByJob.values().stream()
                .filter(state -> state.paused()
                        .filter(paused -> heldBy(state.id(), paused.why().by(), tenant))
                        .isPresent())
                .map(JobState::id)
                .sorted()
                .limit(limit)
                .toList();
    }

    private boolean heldBy(JobId job, Pause.By by, Optional<String> tenant) {
        return switch (by) {
            case JOB -> false;
            case TENANT -> spec(job).map(JobSpec::tenant).equals(tenant);
            case EVERYTHING -> tenant.isEmpty();
        };
    }

    @Override
    public List<Backfill> backfills() {
        return List.copyOf(backfillByKey.values());
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public Optional<LedgerLine> ledgerAtOrBefore(JobId job, long nominalMs) {
        return Optional.ofNullable(ledger(job).floorEntry(nominalMs)).map(Map.Entry::getValue);
    }

    @Override
    public Optional<LedgerLine> ledgerAfter(JobId job, long nominalMs) {
        return Optional.ofNullable(ledger(job).higherEntry(nominalMs)).map(Map.Entry::getValue);
    }
}
