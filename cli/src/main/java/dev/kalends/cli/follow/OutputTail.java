package dev.kalends.cli.follow;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.OutputView;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Session;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The output of a run, printed once as it grows. A terminal gets it as harmless text, a pipe as it is.
 *
 * <p>The node keeps the last part only: what was lost in between is said on stderr.
 */
public final class OutputTail {
    private final NodeClient client;
    private final Session session;
    private int attempt;
    private long printedBytes;

    public OutputTail(NodeClient client, Session session) {
        this.client = client;
        this.session = session;
    }

    /** Prints what is new of the attempts up to the one a run is in. */
    public void print(RunView run) {
        if (run.attempt() < 1) {
            return;
        }
        if (attempt == 0) {
            attempt = run.attempt();
        }
        while (attempt < run.attempt()) {
            printAttempt(run);
            attempt++;
            printedBytes = 0;
            session.tell("attempt " + attempt + " of " + run.maxAttempts());
        }
        printAttempt(run);
    }

    private void printAttempt(RunView run) {
        OutputView output;
        try {
            output = client.output(run.id(), OptionalInt.of(attempt));
        } catch (ApiException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return;
            }
            throw e;
        }
        byte[] bytes = output.text().getBytes(StandardCharsets.UTF_8);
        long lost = output.offset() - printedBytes;
        if (lost > 0) {
            session.tell(lost + " bytes of output were not kept");
        }
        int from = Math.clamp(printedBytes - output.offset(), 0, bytes.length);
        if (from < bytes.length) {
            String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
            boolean terminal = session.terminal().out();
            session.surroundings()
                    .out()
                    .print(terminal ? SafeText.lines(text) : text)
                    .flush();
            printedBytes = output.offset() + bytes.length;
        }
    }
}
