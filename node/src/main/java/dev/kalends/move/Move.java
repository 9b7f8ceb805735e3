package dev.kalends.move;

import dev.kalends.job.Home;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Change;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Head;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.SubmitKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;

/**
 * Moves everything that some partitions hold into another number of partitions, which are empty.
 *
 * <p>A job goes where its name belongs, else its key, else its old id, into the day slot that it was in. Its new id is
 * one of the next incarnation, so no id that was ever given out comes again. What belongs to the job goes with it:
 * generations, state, open runs, dead letters, the ledger, backfills, submit keys and history, with the ids in it
 * written anew. What is said to all partitions alike (limits of tenants, pauses) is said to all new ones. Counters are
 * counted anew; answers to request ids, which live for minutes, stay behind. Nobody may write the sources meanwhile.
 *
 * <p>A job without a name spreads by its id, so what {@code H} and splay make of it changes; a fire that is set stays.
 */
public final class Move {
    private final List<StoreReader> sources;
    private final List<Target> targets = new ArrayList<>();
    private final Home home;
    private final Mapping mapping;
    private final MovedIds ids = new MovedIds();
    private final Map<String, Tenant> tenantByName = new TreeMap<>();
    private final Map<String, PauseOrder> orderByTenant = new TreeMap<>();
    private long jobs;
    private long leftOut;

    /** Told the new id of each job, in no particular order. */
    @FunctionalInterface
    public interface Mapping {
        void moved(JobId before, JobId now, JobName name);
    }

    /**
     * How it goes on.
     *
     * @param nowMs wall clock
     * @param mapping what is told of ids
     * @param written told how many more changes were written, now and then
     */
    public record Terms(long nowMs, Mapping mapping, LongConsumer written) {}

    /**
     * What was moved.
     *
     * @param jobs with a new id
     * @param leftOut records that name a job which is gone: they were left out
     */
    public record Moved(long jobs, long leftOut) {}

    private Move(List<StoreReader> sources, List<? extends Store> stores, Terms terms) {
        this.sources = List.copyOf(sources);
        this.home = new Home(stores.size());
        this.mapping = terms.mapping();
        Target.Shared shared = new Target.Shared(head(), terms.nowMs(), terms.written());
        long before = sources.stream().mapToLong(StoreReader::position).max().orElse(0);
        for (int i = 0; i < stores.size(); i++) {
            targets.add(new Target(i, stores.get(i), before, shared));
        }
    }

    /**
     * Moves.
     *
     * @param sources in the order of their numbers
     * @param targets empty stores, in the order of their numbers
     */
    public static Moved run(List<StoreReader> sources, List<? extends Store> targets, Terms terms) {
        return new Move(sources, targets, terms).run();
    }

    /** Beyond what any partition gave out. */
    private Head head() {
        Head highest = sources.stream().map(StoreReader::head).reduce(Head.FIRST, Move::highest);
        return highest.nextIncarnation();
    }

    private static Head highest(Head left, Head right) {
        return new Head(
                Math.max(left.nextToken(), right.nextToken()),
                Math.max(left.epoch(), right.epoch()),
                Math.max(left.featureLevel(), right.featureLevel()),
                Math.max(left.incarnation(), right.incarnation()));
    }

    private Moved run() {
        for (StoreReader source : sources) {
            source.dump(Dump.only(Dump.Part.SPECS), this::spec);
        }
        MergedHistory.of(
                sources,
                run -> ofJob(run.id().job(), run, (old, id) -> new Change.AppendHistory(Renamed.run(old, id))));
        for (StoreReader source : sources) {
            source.dump(Dump.only(Dump.Part.STATE), this::state);
        }
        for (Target target : targets) {
            tenantByName.values().forEach(tenant -> target.put(new Change.PutTenant(tenant)));
            orderByTenant.values().forEach(order -> target.put(new Change.PutPause(order)));
            target.finish();
        }
        return new Moved(jobs, leftOut);
    }

    private void spec(Change change) {
        if (change instanceof Change.PutSpec put) {
            JobSpec spec = put.spec();
            JobId id = spec.generation() == 1 ? moved(spec.id(), spec.name()) : idOf(spec.id(), spec.name());
            targets.get(id.partition()).put(new Change.PutSpec(Renamed.spec(spec, id), put.firstDueMs()));
        }
    }

    private JobId idOf(JobId old, JobName name) {
        return ids.find(old).orElseGet(() -> moved(old, name));
    }

    private JobId moved(JobId old, JobName name) {
        JobId id = targets.get(home.of(name, old)).idLike(old);
        ids.put(old, id);
        mapping.moved(old, id, name);
        jobs++;
        return id;
    }

    private void state(Change change) {
        switch (change) {
            case Change.PutState put ->
                ofJob(put.state().id(), put.state(), (old, id) -> new Change.PutState(Renamed.state(old, id)));
            case Change.PutRun put ->
                ofJob(put.run().id().job(), put.run(), (old, id) -> new Change.PutRun(Renamed.run(old, id)));
            case Change.PutDead put ->
                ofJob(
                        put.letter().run().id().job(),
                        put.letter(),
                        (old, id) -> new Change.PutDead(Renamed.letter(old, id)));
            case Change.PutLedger put ->
                ofJob(put.line().job(), put.line(), (old, id) -> new Change.PutLedger(Renamed.ledger(old, id)));
            case Change.PutBackfill put ->
                ofJob(
                        put.backfill().job(),
                        put.backfill(),
                        (old, id) -> new Change.PutBackfill(Renamed.backfill(old, id)));
            case Change.PutSubmitKey put -> submitKey(put.entry());
            case Change.PutTenant put -> tenantByName.putIfAbsent(put.tenant().name(), put.tenant());
            case Change.PutPause put -> pause(put.order());
            case Change.PutHead _, Change.PutSlot _, Change.PutCounts _, Change.PutRequest _ -> {
                // Made anew, or of no use any more.
            }
            case Change.PutSpec _,
                    Change.AppendHistory _,
                    Change.RemoveJob _,
                    Change.RemoveRun _,
                    Change.RemoveLedger _,
                    Change.RemoveDead _,
                    Change.RemoveSubmitKey _,
                    Change.RemoveRequest _,
                    Change.RemovePause _,
                    Change.RemoveBackfill _ ->
                throw new IllegalStateException("no part of a store's state; change="
                        + change.getClass().getSimpleName());
        }
    }

    private <T> void ofJob(JobId old, T value, BiFunction<T, JobId, Change> change) {
        Optional<JobId> id = ids.find(old);
        if (id.isPresent()) {
            targets.get(id.get().partition()).put(change.apply(value, id.get()));
        } else {
            leftOut++;
        }
    }

    /** A key outlives its job: then the job gets a new id all the same, for whoever asks again. */
    private void submitKey(SubmitKey entry) {
        SubmitKey.Id key = entry.id();
        JobName name = new JobName(key.tenant(), key.name(), Optional.of(key.key()));
        JobId id = idOf(entry.job(), name);
        targets.get(id.partition())
                .put(new Change.PutSubmitKey(new SubmitKey(key, id, entry.bodyHash(), entry.expiresMs())));
    }

    /** Partitions are told of a pause and of its end one after the other; one that holds anywhere goes on. */
    private void pause(PauseOrder order) {
        orderByTenant.merge(order.tenant().orElse(""), order, (known, other) -> known.holds() ? known : other);
    }
}
