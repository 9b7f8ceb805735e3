package dev.kalends.cli.command;

import java.io.IOException;

/** One command of the command line. It is made, declares its grammar, and runs once. */
public interface Command {
    /** The exit status of a command that did what was asked. */
    int DONE = 0;

    /** Declares flags and positional parameters. */
    void declare(Grammar grammar);

    /**
     * Does it.
     *
     * @return the exit status, {@link #DONE} or that of an {@link dev.kalends.api.ErrorCode}
     * @throws dev.kalends.api.ApiException for everything that is refused: one line, a next step, the code's status
     */
    int run(Arguments arguments, Session session) throws IOException, InterruptedException;
}
