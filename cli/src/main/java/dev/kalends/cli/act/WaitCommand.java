package dev.kalends.cli.act;

import dev.kalends.api.ErrorCode;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.follow.RunEnds;
import dev.kalends.cli.follow.RunFollower;
import dev.kalends.cli.follow.RunFollower.Mode;

/** {@code wait}: until runs have ended. For a job it is its latest run, or its first when it has none yet. */
public final class WaitCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("wait JOB|RUN… [--wait-timeout D]")
                .positionals("JOB|RUN", "1..*", "a job (its latest run, or its first), or JOB@INSTANT")
                .value("--wait-timeout", "D", "wait no longer in all; then status 9")
                .examples("kalends wait nightly@latest && echo fine");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        RunFollower follower =
                new RunFollower(session.client(), session, Mode.WAIT, arguments.durationMs("--wait-timeout"));
        int status = DONE;
        for (String target : arguments.positionals()) {
            RunView end = follower.await(Acts.isRun(target) ? target : target + "@latest");
            RunEnds.print(session, end);
            if (RunFollower.status(end) != DONE) {
                status = ErrorCode.RUN_FAILED.exitCode();
            }
        }
        return status;
    }
}
