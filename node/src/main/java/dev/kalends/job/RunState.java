package dev.kalends.job;

/**
 * The state of a run. The legal transitions:
 *
 * <pre>
 * from \ to   READY  LEASED  RETRYING  SUCCEEDED  DEAD  CANCELLED  SKIPPED  MISSED
 * (none)        x                                                    x        x
 * READY                 x                          x        x        x        x
 * LEASED        x               x         x        x        x        x
 * RETRYING      x                                  x        x
 * DEAD          x                                           (redrive, rerun)
 * SKIPPED       x                                           (rerun of an upstream skip)
 * </pre>
 *
 * <p>READY covers runs that wait for a place behind an open run of the same job ({@code held}). LEASED ends in SKIPPED
 * when a worker stops a run that another replaced, and in READY when the grant never reached its worker. Any other
 * transition is a bug and throws.
 */
public enum RunState {
    READY,
    LEASED,
    RETRYING,
    SUCCEEDED,
    DEAD,
    CANCELLED,
    SKIPPED,
    MISSED;

    /** Whether the run is over: only then does it leave the keyed state and become history. */
    public boolean isTerminal() {
        return switch (this) {
            case READY, LEASED, RETRYING -> false;
            case SUCCEEDED, DEAD, CANCELLED, SKIPPED, MISSED -> true;
        };
    }

    /** Whether a run may go from this state to another. */
    public boolean allows(RunState next) {
        return switch (this) {
            case READY -> next == LEASED || next == DEAD || next == CANCELLED || next == SKIPPED || next == MISSED;
            case LEASED ->
                next == READY
                        || next == RETRYING
                        || next == SUCCEEDED
                        || next == DEAD
                        || next == CANCELLED
                        || next == SKIPPED;
            case RETRYING -> next == READY || next == DEAD || next == CANCELLED;
            case DEAD, SKIPPED -> next == READY;
            case SUCCEEDED, CANCELLED, MISSED -> false;
        };
    }

    /** Throws {@link IllegalStateException}, naming both states, unless the transition is legal. */
    public void require(RunState next) {
        if (!allows(next)) {
            throw new IllegalStateException("illegal transition of a run; from=" + this + " to=" + next);
        }
    }

    /** The word users see. */
    public String word() {
        return this == LEASED ? "running" : name().toLowerCase(java.util.Locale.ROOT);
    }
}
