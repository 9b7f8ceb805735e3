package dev.kalends.sim;

import dev.kalends.job.Run;
import dev.kalends.journal.Store;
import dev.kalends.partition.Command;
import dev.kalends.partition.Finished;
import java.util.List;

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
    WHEEL_HOLDS_EVERYTHING,
    /** The pause of a job is answered, but a new leader knows nothing of it. */
    PAUSE_NOT_KEPT,
    /** What a pause held back gets no verdict. */
    PAUSE_HIDES_FIRES;

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
