package dev.kalends.cli.io;

/** The output could not be written, for example because a disk is full. */
public final class OutputFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutputFailure(String reason, Throwable cause) {
        super("cannot write the output; reason=" + reason, cause);
    }
}
