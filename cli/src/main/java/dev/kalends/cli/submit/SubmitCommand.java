package dev.kalends.cli.submit;

import dev.kalends.api.JobRequest;
import dev.kalends.api.RunView;
import dev.kalends.api.SubmitResult;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.follow.RunEnds;
import dev.kalends.cli.follow.RunFollower;
import dev.kalends.client.NodeClient;
import java.io.IOException;
import java.util.List;

/** {@code submit}: hands one job, or a file of jobs, to the node. */
public final class SubmitCommand implements Command {
    private static final List<String> WITH_FILE = List.of("--file", "--key");

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(
                "submit WHEN [FLAGS] -- COMMAND [ARG]…",
                "submit WHEN [FLAGS] --http METHOD URL",
                "submit WHEN [FLAGS] --noop",
                "submit -f FILE|-");
        grammar.value("-f,--file", "FILE", "a job a line, as JSON; - is stdin");
        JobFlags.declare(grammar);
        RunFollower.declare(grammar);
        grammar.toggle("--dry-run", "check and show, make nothing")
                .examples(
                        "kalends submit --in 10s -- echo hello",
                        "kalends submit --name nightly --cron '30 2 * * *' --tz Europe/Berlin -- /opt/backup.sh",
                        "kalends submit --every 5m --http POST https://example.com/tick --body '{}'",
                        "kalends submit -f jobs.ndjson");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
        if (arguments.has("--file")) {
            refuseOthers(arguments);
            return new BulkRun(arguments, session).run();
        }
        RunFollower.Mode mode = RunFollower.mode(arguments);
        JobRequest request = JobFlags.read(arguments, session);
        if (arguments.has("--dry-run")) {
            SubmitReport.planned(session, request, session.client().check(request));
            return DONE;
        }
        if (mode != RunFollower.Mode.RETURN && Boolean.TRUE.equals(request.manual())) {
            throw Arguments.usage("a --manual job has no run to wait for; trigger it with --wait");
        }
        NodeClient client = session.client();
        SubmitResult result = client.submit(request);
        SubmitReport.made(session, request, result, mode);
        return mode == RunFollower.Mode.RETURN ? DONE : await(arguments, session, client, result);
    }

    private static int await(Arguments arguments, Session session, NodeClient client, SubmitResult result) {
        RunFollower.Mode mode = RunFollower.mode(arguments);
        RunFollower follower = new RunFollower(client, session, mode, arguments.durationMs("--wait-timeout"));
        RunView end = follower.await(result.id() + "@latest");
        if (mode == RunFollower.Mode.FOLLOW) {
            RunEnds.tell(session, end);
        } else {
            RunEnds.print(session, end);
        }
        return RunFollower.status(end);
    }

    private static void refuseOthers(Arguments arguments) {
        for (String flag : arguments.given()) {
            if (!WITH_FILE.contains(flag)) {
                throw Arguments.usage("each line of -f says all about its job; unexpected=" + flag);
            }
        }
        if (arguments.trailing().isPresent()) {
            throw Arguments.usage("each line of -f says all about its job; unexpected=--");
        }
    }
}
