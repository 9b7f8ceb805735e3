package dev.kalends.cli.act;

import dev.kalends.api.PauseRequest;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;

/** {@code resume}: lets what was paused go on. */
public final class ResumeCommand implements Command {
    private static final String PAUSED = "paused";

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(
                "resume JOB… [--catch-up last|all|none]",
                "resume -l k=v… [--catch-up M]",
                "resume --all [-T TENANT] [--catch-up M]");
        Chosen.declare(grammar);
        grammar.value(
                        "--catch-up",
                        "M",
                        "fires held back: run the last, all, none. Without it: repeating jobs skip"
                                + " them, one-offs run")
                .choices("--catch-up", "last", "all", "none")
                .examples("kalends resume nightly", "kalends resume --all --catch-up last");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        String catchUp = arguments.textOrNull("--catch-up");
        return Chosen.act(
                arguments,
                session,
                (jobs, all, every) -> new PauseRequest(jobs, all, every, null, null, catchUp, null),
                session.client()::resume,
                job -> PAUSED.equals(job.state()));
    }
}
