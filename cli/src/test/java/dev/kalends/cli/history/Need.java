package dev.kalends.cli.history;

/** How much a target is owed its run. */
public enum Need {
    /** The submit was acknowledged before: the run must be. */
    REQUIRED,
    /** The submit, or the cancel, is in doubt: the run may be. */
    OPTIONAL,
    /** The cancel was acknowledged before: the run must not be. */
    FORBIDDEN
}
