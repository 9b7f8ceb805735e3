package dev.kalends.sim;

import dev.kalends.job.Run;
import dev.kalends.journal.Store;
import dev.kalends.lease.Coordination;
import dev.kalends.partition.Command;
import dev.kalends.partition.Finished;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Bugs that can be planted into a history, to prove that its invariants would be broken by them. */
enum PlantedBug {
    NONE,
    /** What was answered is not durable yet: a crash takes the last commit back. */
    ANSWERS_BEFORE_DURABLE,
    /** A report counts for whoever holds the lease. */
    TOKEN_NOT_CHECKED,
    LEASE_NEVER_EXPIRES,
    REQUESTS_NOT_REMEMBERED,
    /** The agenda drops what is due within the next seconds. */
    AGENDA_FORGOTTEN_EARLY,
    /** A fire makes its run, but the job's state stays where it was. */
    STATE_NOT_MOVED_ON,
    /** The leader does not follow the wall clock when that goes back. */
    CLOCK_NEVER_GOES_BACK,
    HELD_NEVER_RELEASED,
    COUNTERS_DRIFT,
    /** A retry is put into the store without its wake-up. */
    RETRY_NOT_IN_AGENDA,
    /** Workers go on with executions whose lease is gone. */
    WORKER_IGNORES_TRUST,
    /** Workers disown every lease that a leader asks about. */
    DISOWNS_WHAT_IT_HOLDS,
    WHEEL_HOLDS_EVERYTHING,
    /** The pause of a job is answered, but a new leader knows nothing of it. */
    PAUSE_NOT_KEPT,
    /** What a pause held back gets no verdict. */
    PAUSE_HIDES_FIRES,
    /** Effects and replies are released when a batch is sent, not when it is committed. */
    PUBLISHED_BEFORE_COMMIT,
    /** A new leader goes on from what it had read before it shut the old one out. */
    CAUGHT_UP_BEFORE_SHUTTING_OUT,
    TRUST_FROM_RECEIPT,
    TRUST_NOT_CHECKED,
    /** The epoch is a counter of terms, not the barrier's position. */
    EPOCH_FROM_COORDINATION,
    OLD_WRITER_NOT_SHUT_OUT,
    /** What was in doubt is passed over when the record is read again. */
    IN_DOUBT_IS_NOT_WRITTEN,
    /** Followers apply what the record refused. */
    REFUSED_BATCH_APPLIED,
    /** Followers pass over removals. */
    REMOVALS_DROPPED,
    LEASES_FORGOTTEN_AT_TAKEOVER,
    /** A new leader gives the leases that it finds no time. */
    TAKEOVER_GIVES_NO_TIME,
    /** A ticket is offered once. */
    TICKET_OFFERED_ONCE,
    /** A partition is freed before its loop has come to rest. */
    GIVEN_BACK_BEFORE_REST,
    /** A replica that fell back says that it has what it had. */
    POSITION_AHEAD_OF_REPLICA,
    REQUESTS_NOT_JOURNALED,
    LOST_LEASE_NOT_NOTICED,
    /** Workers take a grant that they have disowned, when it arrives after all. */
    TAKES_WHAT_IT_DISOWNED,
    /** A replica that was away longer than removals are kept goes on where it was. */
    AWAY_TOO_LONG_IS_KEPT;

    /** Whether only nodes of a cluster can have it. */
    boolean ofACluster() {
        return ordinal() >= PUBLISHED_BEFORE_COMMIT.ordinal();
    }

    /** A node's coordination as its loops see it. */
    Coordination trusting(Coordination real) {
        if (this != TRUST_NOT_CHECKED) {
            return real;
        }
        Set<Object> ever = new HashSet<>();
        return (Coordination) Proxy.newProxyInstance(
                Coordination.class.getClassLoader(), new Class<?>[] {Coordination.class}, (_, method, args) -> {
                    Object result = method.invoke(real, args);
                    if (!method.getName().equals("trusted")) {
                        return result;
                    }
                    if (Boolean.TRUE.equals(result)) {
                        ever.add(args[0]);
                    }
                    return ever.contains(args[0]);
                });
    }

    /** What becomes of a command on its way in. */
    Command suffered(Command command, Store store) {
        if (this != TOKEN_NOT_CHECKED || !(command instanceof Command.Report report)) {
            return command;
        }
        Finished first = report.reports().getFirst();
        return store.run(first.run())
                .flatMap(Run::lease)
                .<Command>map(lease -> new Command.Report(
                        lease.worker(),
                        List.of(new Finished(
                                first.run(),
                                first.series(),
                                first.attempt(),
                                lease.token(),
                                first.end(),
                                first.startedMs(),
                                first.finishedMs(),
                                first.exitCode(),
                                first.error(),
                                0))))
                .orElse(command);
    }
}
