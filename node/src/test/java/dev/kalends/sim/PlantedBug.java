package dev.kalends.sim;

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
    PAUSE_HIDES_FIRES
}
