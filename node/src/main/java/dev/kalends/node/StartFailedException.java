package dev.kalends.node;

import dev.kalends.journal.StoreException;
import java.util.Optional;

/** A node or a restore that could not begin: how the process should end, what is wrong, what to do next. */
public final class StartFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final NodeExit exit;
    private final String hint;

    StartFailedException(NodeExit exit, String message, String hint) {
        super(message);
        this.exit = exit;
        this.hint = hint;
    }

    StartFailedException(NodeExit exit, String message, String hint, Throwable cause) {
        super(message, cause);
        this.exit = exit;
        this.hint = hint;
    }

    static StartFailedException of(StoreException cause) {
        NodeExit exit = switch (cause.kind()) {
            case FULL -> NodeExit.TEMPORARY;
            case NOT_AVAILABLE, DAMAGED, IO -> NodeExit.UNAVAILABLE;
            case NEWER -> NodeExit.CONFIGURATION;
        };
        String hint = switch (cause.kind()) {
            case FULL -> "make room, then start it again: nothing that was accepted is lost";
            case NOT_AVAILABLE -> "one node at a time may use a data directory, and must be able to write it";
            case DAMAGED -> "restore a backup into an empty directory: kalends restore DIR";
            case NEWER -> "start the version that wrote it";
            case IO -> "look at the disk and at the system's log";
        };
        String message = Optional.ofNullable(cause.getMessage()).orElse("the store cannot be opened");
        return new StartFailedException(exit, message, hint, cause);
    }

    public NodeExit exit() {
        return exit;
    }

    public String message() {
        return Optional.ofNullable(getMessage()).orElse("the node cannot start");
    }

    /** The next step; empty when there is none. */
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }
}
