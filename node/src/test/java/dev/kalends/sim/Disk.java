package dev.kalends.sim;

import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One partition's disk: a store that outlives the node, with its faults, and with bugs planted around it. */
final class Disk {
    private static final long AGENDA_BUG_MS = 10_000;
    private static final Run.Marks HELD = Run.Marks.NONE.waiting();
    private static final int CRASH_ONE_IN = 150;
    private static final int EARLIER_EVERY = 12;
    /** What was applied longer ago is durable. */
    private static final long FALLS_BACK_MAX_MS = 15_000;

    private final Timeline timeline;
    private final Faults faults;
    private final PlantedBug bug;
    private final Medium medium;
    private Optional<MemoryStore.Snapshot> beforeLast = Optional.empty();
    private Optional<MemoryStore.Snapshot> earlier = Optional.empty();
    private long earlierMs;
    private boolean fallsBack;
    private long highest;
    private long fullUntilMs;
    private int applied;

    Disk(Timeline timeline, Faults faults, PlantedBug bug, Medium medium) {
        this.timeline = timeline;
        this.faults = faults;
        this.bug = bug;
        this.medium = medium;
    }

    /** The store as it really is. */
    Store real() {
        return medium.store();
    }

    void close() {
        medium.close();
    }

    /** The store as the node sees it. */
    Store forNode() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (_, method, args) -> call(method, args));
    }

    /** The node died: what was not durable is gone. */
    void crash() {
        if (medium instanceof Medium.Memory memory) {
            beforeLast.ifPresent(memory.store()::restore);
            boolean young = timeline.elapsedMs() - earlierMs <= FALLS_BACK_MAX_MS;
            if (earlier.isPresent() && young && faults.now(Faults.Kind.REPLICA_FALLS_BACK, 2)) {
                memory.store().restore(earlier.get());
                timeline.log("a replica falls back to " + real().position());
            }
        }
        medium.restart();
    }

    /** From now on a crash may take it back to an earlier moment: what was applied is not durable at once. */
    void mayFallBack() {
        fallsBack = medium instanceof Medium.Memory && faults.has(Faults.Kind.REPLICA_FALLS_BACK);
    }

    /** The disk was changed for an empty one. */
    void wipe() {
        medium.wipe();
        earlier = Optional.empty();
        beforeLast = Optional.empty();
        highest = 0;
    }

    private void keepEarlier() {
        if (fallsBack && applied % EARLIER_EVERY == 0 && medium instanceof Medium.Memory memory) {
            earlier = Optional.of(memory.store().snapshot());
            earlierMs = timeline.elapsedMs();
        }
    }

    private void openWithoutLeases(Consumer<? super Run> sink) {
        real().openRuns(run -> {
            if (run.lease().isEmpty()) {
                sink.accept(run);
            }
        });
    }

    void fullFor(long ms) {
        fullUntilMs = timeline.elapsedMs() + ms;
    }

    // The proxy's arguments are those of the interface's method.
    @SuppressWarnings("unchecked")
    private Object call(Method method, Object[] args) throws Throwable {
        String name = method.getName();
        if (name.equals("apply")) {
            apply((Batch) args[0], (long) args[1]);
            return Optional.empty();
        }
        if (name.equals("position") && bug == PlantedBug.POSITION_AHEAD_OF_REPLICA) {
            return Math.max(highest, real().position());
        }
        if (name.equals("openRuns") && args[0] instanceof Consumer && bug == PlantedBug.LEASES_FORGOTTEN_AT_TAKEOVER) {
            openWithoutLeases((Consumer<? super Run>) args[0]);
            return Optional.empty();
        }
        if (name.equals("request") && bug == PlantedBug.REQUESTS_NOT_REMEMBERED) {
            return Optional.empty();
        }
        if (name.equals("forgetDue") && bug == PlantedBug.AGENDA_FORGOTTEN_EARLY) {
            real().forgetDue((long) args[0] + AGENDA_BUG_MS);
            return Optional.empty();
        }
        try {
            return method.invoke(real(), args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void apply(Batch batch, long position) {
        crashPoint("after append, before apply");
        if (bug == PlantedBug.ANSWERS_BEFORE_DURABLE && medium instanceof Medium.Memory memory) {
            beforeLast = Optional.of(memory.store().snapshot());
        }
        if (medium instanceof Medium.Memory memory && timeline.elapsedMs() < fullUntilMs && !faults.over()) {
            // A failed apply takes back what was to be forgotten with it; so does coming back.
            memory.store().restart();
            throw new StoreException(StoreException.Kind.FULL, "no space left; free=0");
        }
        real().apply(bug == PlantedBug.NONE ? batch : damaged(batch), position);
        highest = Math.max(highest, position);
        keepEarlier();
        applied++;
        crashPoint("after apply, before reply");
    }

    void crashPoint(String where) {
        if (faults.now(Faults.Kind.NODE_DIES_AT_A_COMMIT, CRASH_ONE_IN)) {
            throw new NodeCrash(where);
        }
    }

    private Batch damaged(Batch batch) {
        List<Change> changes = new ArrayList<>();
        Set<JobId> fired = new HashSet<>();
        for (Change change : batch.changes()) {
            if (change instanceof Change.PutRun put
                    && real().run(put.run().id()).isEmpty()) {
                fired.add(put.run().id().job());
            }
        }
        for (Change change : batch.changes()) {
            damage(change, fired).ifPresent(changes::add);
        }
        return new Batch(batch.partition(), batch.epoch(), batch.writtenMs(), changes);
    }

    private Optional<Change> damage(Change change, Set<JobId> fired) {
        return switch (bug) {
            case STATE_NOT_MOVED_ON ->
                Optional.of(change)
                        .filter(it -> !(it instanceof Change.PutState put
                                && fired.contains(put.state().id())
                                && real().state(put.state().id()).isPresent()));
            case HELD_NEVER_RELEASED ->
                change instanceof Change.PutRun put && released(put.run())
                        ? Optional.of(new Change.PutRun(put.run().withMarks(HELD)))
                        : Optional.of(change);
            case COUNTERS_DRIFT ->
                change instanceof Change.PutCounts put && applied % 16 == 15
                        ? Optional.of(new Change.PutCounts(drifted(put.counts())))
                        : Optional.of(change);
            case RETRY_NOT_IN_AGENDA ->
                change instanceof Change.PutRun put && put.run().state() == RunState.RETRYING
                        ? Optional.of(new Change.PutRun(asleep(put.run())))
                        : Optional.of(change);
            case PAUSE_NOT_KEPT ->
                Optional.of(change)
                        .filter(it -> !(it instanceof Change.PutState put
                                && put.state().paused().isPresent()
                                && real().state(put.state().id()).isPresent()));
            case PAUSE_HIDES_FIRES -> Optional.of(change).filter(it -> !tellsOfAPause(it));
            case NONE,
                    ANSWERS_BEFORE_DURABLE,
                    TOKEN_NOT_CHECKED,
                    LEASE_NEVER_EXPIRES,
                    REQUESTS_NOT_REMEMBERED,
                    AGENDA_FORGOTTEN_EARLY,
                    CLOCK_NEVER_GOES_BACK,
                    WORKER_IGNORES_TRUST,
                    DISOWNS_WHAT_IT_HOLDS,
                    TAKES_WHAT_IT_DISOWNED,
                    WHEEL_HOLDS_EVERYTHING,
                    PUBLISHED_BEFORE_COMMIT,
                    CAUGHT_UP_BEFORE_SHUTTING_OUT,
                    TRUST_FROM_RECEIPT,
                    TRUST_NOT_CHECKED,
                    EPOCH_FROM_COORDINATION,
                    OLD_WRITER_NOT_SHUT_OUT,
                    IN_DOUBT_IS_NOT_WRITTEN,
                    REFUSED_BATCH_APPLIED,
                    REMOVALS_DROPPED,
                    LEASES_FORGOTTEN_AT_TAKEOVER,
                    TAKEOVER_GIVES_NO_TIME,
                    TICKET_OFFERED_ONCE,
                    GIVEN_BACK_BEFORE_REST,
                    POSITION_AHEAD_OF_REPLICA,
                    REQUESTS_NOT_JOURNALED,
                    LOST_LEASE_NOT_NOTICED,
                    AWAY_TOO_LONG_IS_KEPT -> Optional.of(change);
        };
    }

    private static boolean tellsOfAPause(Change change) {
        return change instanceof Change.PutLedger put
                && put.line().reason().filter(why -> why.contains("paused")).isPresent();
    }

    private boolean released(Run run) {
        return run.state() == RunState.READY
                && !run.marks().held()
                && real().run(run.id()).filter(before -> before.marks().held()).isPresent();
    }

    private static Counts drifted(Counts counts) {
        return new Counts(
                counts.tenant(),
                counts.scheduled(),
                counts.paused(),
                counts.finished(),
                counts.cancelled(),
                counts.ready() + 1,
                counts.running(),
                counts.retrying(),
                counts.dead(),
                counts.oneOffsDecided());
    }

    private static Run asleep(Run run) {
        return new Run(
                run.id(),
                run.generation(),
                run.state(),
                run.route(),
                run.times(),
                run.series(),
                run.attempt(),
                run.wakeMs() + 365L * 86_400_000,
                run.lease(),
                run.marks(),
                run.attempts(),
                run.reason());
    }
}
