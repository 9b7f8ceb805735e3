package dev.kalends.cli.follow;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.client.NodeClient;
import dev.kalends.schedule.DurationText;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the end of runs, by long polls of the node.
 *
 * <p>{@code JOB@latest} means the first run of a job that has none yet; as soon as it is there, it is that run that is
 * waited for, whatever comes later. With {@link Mode#FOLLOW} the output goes to stdout as the worker reports it.
 */
public final class RunFollower {
    private static final Set<String> ENDS = Set.of("succeeded", "dead", "cancelled", "skipped", "missed");
    private static final long WAIT_SLICE_MS = 20_000;
    private static final long FOLLOW_SLICE_MS = 400;
    private static final long NS_PER_MS = 1_000_000;

    private final NodeClient client;
    private final Session session;
    private final Mode mode;
    private final OptionalLong timeoutMs;
    private final long startNs;

    /** What a command does after it made a run. */
    public enum Mode {
        RETURN,
        WAIT,
        FOLLOW
    }

    /**
     * Starts the clock.
     *
     * @param timeoutMs how long to wait in all; empty = for ever
     */
    public RunFollower(NodeClient client, Session session, Mode mode, OptionalLong timeoutMs) {
        this.client = client;
        this.session = session;
        this.mode = mode;
        this.timeoutMs = timeoutMs;
        this.startNs = session.surroundings().clocks().monotonic().nowNs();
    }

    /** Declares {@code --wait}, {@code --follow} and {@code --wait-timeout}. */
    public static void declare(Grammar grammar) {
        grammar.toggle("--wait", "wait for the run's end; status 8 if it did not succeed")
                .toggle("--follow", "the same, with the run's output on stdout")
                .value("--wait-timeout", "D", "wait no longer; then status 9");
    }

    /** What the flags ask for. */
    public static Mode mode(Arguments arguments) {
        if (arguments.has("--wait") && arguments.has("--follow")) {
            throw Arguments.usage("--wait and --follow exclude each other");
        }
        return arguments.has("--follow") ? Mode.FOLLOW : arguments.has("--wait") ? Mode.WAIT : Mode.RETURN;
    }

    /**
     * Waits until a run has ended.
     *
     * @throws ApiException {@code wait_timeout} when the time is over first
     */
    public RunView await(String run) {
        OutputTail tail = new OutputTail(client, session);
        String wanted = run;
        while (true) {
            RunView seen = client.awaitRun(wanted, sliceMs());
            boolean exists = !seen.state().equals("scheduled");
            if (exists) {
                wanted = seen.id();
                if (mode == Mode.FOLLOW) {
                    tail.print(seen);
                }
            }
            if (ENDS.contains(seen.state())) {
                return seen;
            }
            if (leftMs() <= 0) {
                throw timeout(seen);
            }
        }
    }

    /** The exit status that a run's end deserves. */
    public static int status(RunView run) {
        return run.state().equals("succeeded") ? Command.DONE : ErrorCode.RUN_FAILED.exitCode();
    }

    private long sliceMs() {
        return Math.clamp(leftMs(), 1, mode == Mode.FOLLOW ? FOLLOW_SLICE_MS : WAIT_SLICE_MS);
    }

    private long leftMs() {
        long passedNs = session.surroundings().clocks().monotonic().nowNs() - startNs;
        return timeoutMs.isEmpty() ? Long.MAX_VALUE : timeoutMs.getAsLong() - passedNs / NS_PER_MS;
    }

    private ApiException timeout(RunView seen) {
        long waitedMs = TimeUnit.NANOSECONDS.toMillis(
                session.surroundings().clocks().monotonic().nowNs() - startNs);
        return new ApiException(
                ErrorCode.WAIT_TIMEOUT,
                "the run has not ended in " + DurationText.words(waitedMs) + "; run=" + seen.id() + " state="
                        + seen.state(),
                "it goes on; wait again: kalends wait " + seen.id());
    }
}
