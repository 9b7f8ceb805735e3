package dev.kalends.runtime;

import dev.kalends.partition.Command;

/** A timer's command that cannot be decided: a bug. It is set aside, so that it does not block all others. */
final class PoisonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Command command;

    PoisonException(Command command, RuntimeException cause) {
        super("a decision failed; it is set aside until the node is started again; command=" + command, cause);
        this.command = command;
    }

    Command command() {
        return command;
    }
}
