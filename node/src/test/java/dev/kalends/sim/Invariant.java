package dev.kalends.sim;

/** What must hold in every history; the names are those of the promises. */
enum Invariant {
    /** A job whose submit was answered is there afterwards. */
    ACCEPTED_IS_DURABLE,
    /** Every nominal instant of an accepted job ends with a verdict. */
    NO_LOST_RUN,
    /** A nominal instant has one run, and no run has an instant that the schedule does not name. */
    ONE_RUN_PER_FIRE,
    /** The first report of the lease's holder counts, and what was answered as accepted stays. */
    ONE_COMPLETION_PER_RUN,
    /** No two executions of a run are trusted by their workers at once; tokens rise. */
    ONE_LIVE_PER_RUN,
    /** Nothing starts before its nominal instant, nor after an acknowledged cancel unless it was leased. */
    NEVER_EARLY,
    /** Nothing of a paused job starts between the answer to its pause and the request that resumes it. */
    PAUSED_DOES_NOT_START,
    /** No more runs are leased under a limit key than it allows. */
    LIMITS_HOLD,
    /** A job that may run everything has run everything once, whatever the clock did. */
    CLOCK_JUMPS_CHANGE_WHEN_NOT_HOW_MANY,
    /** The kept counters are those of a recount. */
    COUNTERS_MATCH,
    /** The ledger names each expected instant exactly once. */
    LEDGER_MATCHES_EXPECTED,
    /** A request that is sent again gets the answer it got before. */
    SAME_REQUEST_SAME_ANSWER,
    /** The wheel holds what is near, not what is far. */
    MEMORY_FOLLOWS_HORIZON,
    /** The node goes on: a decision that throws is a bug, even if it is survived. */
    NOTHING_THROWS,
    /** "A dead leader's writes cannot land": every batch carries the epoch of the last barrier before it. */
    ONE_WRITER_PER_PARTITION,
    /** A replica is made from the journal: at one position all of them hold the same, and wake up for what is due. */
    REPLICAS_AGREE,
    /** "Coordination decides who tries": who trusts itself owns, and acknowledges a renewal only if it owned since. */
    TRUST,
    /** "Bounded skew": after one failure a partition is led again within member TTL and 2 s. */
    BOUNDED_GAP,
    /** "A lost ticket is offered again": no ready run waits for ever while a worker with free slots asks. */
    TICKETS,
    /** "Tickets never over-commit a fleet": a worker is never given more than it has slots. */
    NO_OVERCOMMIT
}
