package dev.kalends.cli.act;

import dev.kalends.api.ActionResult;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.follow.RunEnds;
import dev.kalends.cli.follow.RunFollower;
import dev.kalends.cli.follow.RunFollower.Mode;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.util.List;

/** {@code trigger}: makes a manual run of a job now. */
public final class TriggerCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("trigger JOB [--wait|--follow] [--force]")
                .positionals("JOB", "1", "name or id")
                .toggle("--force", "also while another run of it is open, and while it is paused");
        RunFollower.declare(grammar);
    }

    @Override
    public int run(Arguments arguments, Session session) {
        Mode mode = RunFollower.mode(arguments);
        NodeClient client = session.client();
        Flag force = arguments.has("--force") ? Flag.ON : Flag.OFF;
        ActionResult result = client.trigger(arguments.positionals().getFirst(), force);
        if (mode == Mode.FOLLOW) {
            session.tell(SafeText.line(result.outcome()) + " " + String.join(" ", runs(result)));
        } else {
            Acts.print(session, result);
        }
        if (mode == Mode.RETURN || runs(result).isEmpty()) {
            return DONE;
        }
        RunFollower follower = new RunFollower(client, session, mode, arguments.durationMs("--wait-timeout"));
        RunView end = follower.await(runs(result).getFirst());
        if (mode == Mode.FOLLOW) {
            RunEnds.tell(session, end);
        } else {
            RunEnds.print(session, end);
        }
        return RunFollower.status(end);
    }

    private static List<String> runs(ActionResult result) {
        return result.runs() == null ? List.of() : result.runs();
    }
}
