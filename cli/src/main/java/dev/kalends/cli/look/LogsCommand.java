package dev.kalends.cli.look;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.OutputView;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.follow.OutputTail;
import dev.kalends.cli.follow.RunEnds;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code logs}: what a run wrote. A terminal gets harmless text, a pipe the text as it is.
 *
 * <p>With {@code -f} it goes on until the run has ended, over restarts of the node too: what was printed is not printed
 * again.
 */
public final class LogsCommand implements Command {
    private static final Set<String> ENDS = Set.of("succeeded", "dead", "cancelled", "skipped", "missed");
    private static final long SLICE_MS = 400;
    private static final int ATTEMPT_MAX = 1_000_000;

    private final Watch.Pause pause;

    public LogsCommand() {
        this(TimeUnit.MILLISECONDS::sleep);
    }

    LogsCommand(Watch.Pause pause) {
        this.pause = pause;
    }

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("logs JOB|RUN [-f] [--attempt N]")
                .positionals("JOB|RUN", "1", "a job means its latest run")
                .toggle("-f,--follow", "go on until the run has ended")
                .value("--attempt", "N", "output of an earlier attempt (default: the last one)")
                .examples("kalends logs nightly", "kalends logs -f nightly@20260308T070000Z");
    }

    @Override
    public int run(Arguments arguments, Session session) throws InterruptedException {
        String which = arguments.positionals().getFirst();
        String run = which.indexOf('@') < 0 ? which + "@latest" : which;
        OptionalLong attempt = arguments.wholeNumber("--attempt", 1, ATTEMPT_MAX);
        if (arguments.has("--follow")) {
            if (attempt.isPresent()) {
                throw Arguments.usage("-f follows all attempts to come; leave --attempt out");
            }
            follow(session, run);
        } else {
            print(session, run, attempt);
        }
        return DONE;
    }

    private static void print(Session session, String which, OptionalLong attempt) {
        NodeClient client = session.client();
        RunView run = client.run(which);
        if (attempt.isPresent() && attempt.getAsLong() > run.attempt()) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND,
                    "there is no such attempt; attempt=" + attempt.getAsLong() + " attempts=" + run.attempt(),
                    "see them: kalends show " + run.id());
        }
        OutputView output = run.output();
        if (attempt.isPresent() || output == null) {
            output = client.output(run.id(), OptionalInt.of((int) attempt.orElse(run.attempt())));
        }
        Rendering to = session.rendering();
        if (to.format().isJson()) {
            to.json(output);
            return;
        }
        if (output.offset() > 0) {
            session.tell("the first " + output.offset() + " bytes of output were not kept");
        }
        String text = to.terminal().out() ? SafeText.lines(output.text()) : output.text();
        boolean openLine = to.terminal().out() && !text.isEmpty() && !text.endsWith("\n");
        to.out().print(text).print(openLine ? "\n" : "").flush();
        if (!ENDS.contains(run.state())) {
            session.tell("the run has not ended (" + SafeText.line(run.state()) + "); follow it: kalends logs -f "
                    + JobTexts.inSentence(JobTexts.display(run)));
        } else if (text.isEmpty()) {
            session.tell("no output");
        }
    }

    /** Long polls, so that the end is seen at once and a node that is away is merely waited for. */
    private void follow(Session session, String which) throws InterruptedException {
        NodeClient client = session.client();
        OutputTail tail = new OutputTail(client, session);
        String wanted = which;
        boolean answered = false;
        boolean away = false;
        while (true) {
            try {
                RunView seen = client.awaitRun(wanted, SLICE_MS);
                if (away) {
                    session.tell("the node answers again");
                    away = false;
                }
                answered = true;
                if (seen.state().equals("scheduled")) {
                    continue;
                }
                wanted = seen.id();
                tail.print(seen);
                if (ENDS.contains(seen.state())) {
                    RunEnds.tell(session, seen);
                    return;
                }
            } catch (ApiException e) {
                boolean passing = e.code() == ErrorCode.UNREACHABLE || e.code() == ErrorCode.UNAVAILABLE;
                if (!passing || !answered) {
                    throw e;
                }
                if (!away) {
                    session.tell("the node does not answer; waiting for it");
                    away = true;
                }
                pause.pause(SLICE_MS);
            }
        }
    }
}
