package dev.kalends.cli.act;

import dev.kalends.api.PauseRequest;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import java.util.Set;

/** {@code pause}: holds back jobs, a tenant, or everything. */
public final class PauseCommand implements Command {
    private static final Set<String> OVER = Set.of("finished", "cancelled");

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(
                "pause JOB… [--for D] [--reason TEXT]",
                "pause -l k=v… [--for D] [--reason TEXT]",
                "pause --all [-T TENANT] [--for D] [--reason TEXT]");
        Chosen.declare(grammar);
        grammar.value("--for", "D", "resume by itself after this; without it somebody must")
                .value("--reason", "TEXT", "why; shown wherever the pause is")
                .examples(
                        "kalends pause nightly --for 2h --reason 'database is moving'",
                        "kalends pause --all --reason 'bad release'");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        arguments.durationMs("--for"); // the node reads it, too, but knows no flags
        String duration = arguments.textOrNull("--for");
        String reason = arguments.textOrNull("--reason");
        return Chosen.act(
                arguments,
                session,
                (jobs, all, every) -> new PauseRequest(jobs, all, every, duration, reason, null, null),
                session.client()::pause,
                job -> !OVER.contains(job.state()));
    }
}
