package dev.kalends.cli.look;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.EventView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.client.EventQuery;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code events}: what happened, as far back as the node keeps it; with {@code -f} what happens, as it happens.
 *
 * <p>A broken stream is opened again at the last cursor. When events were lost in between, that is said: a list that
 * was kept from them is then no longer right.
 */
public final class EventsCommand implements Command {
    private static final String GAP = "stream.gap";
    private static final String IDLE = "stream.idle";

    private final Watch.Pause pause;

    public EventsCommand() {
        this(TimeUnit.MILLISECONDS::sleep);
    }

    EventsCommand(Watch.Pause pause) {
        this.pause = pause;
    }

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("events [JOB] [-f]")
                .positionals("JOB", "0..1", "only those of one job, by name or id")
                .toggle("-f,--follow", "go on with those to come")
                .examples("kalends events -f", "kalends events -f -o ndjson nightly");
    }

    @Override
    public int run(Arguments arguments, Session session) throws InterruptedException {
        NodeClient client = session.client();
        Optional<String> job = arguments.positionals().stream().findFirst();
        EventLines lines = new EventLines(session);
        if (!arguments.has("--follow")) {
            Reader reader = new Reader(session, lines);
            client.events(new EventQuery(Optional.empty(), job, Flag.OFF), reader::take);
            if (reader.cursor == null) {
                session.tell("the node remembers no events; new ones: kalends events -f");
            }
            return DONE;
        }
        follow(session, client, job, lines);
        return DONE;
    }

    private void follow(Session session, NodeClient client, Optional<String> job, EventLines lines)
            throws InterruptedException {
        Reader reader = new Reader(session, lines);
        boolean opened = false;
        while (true) {
            String why = "the stream ended";
            try {
                EventQuery query = new EventQuery(Optional.ofNullable(reader.cursor), job, Flag.ON);
                client.events(query, reader::take);
                opened = true;
            } catch (ApiException e) {
                boolean passing = e.code() == ErrorCode.UNREACHABLE || e.code() == ErrorCode.UNAVAILABLE;
                opened |= reader.cursor != null;
                if (!passing || !opened) {
                    throw e;
                }
                why = e.message();
            }
            session.tell(SafeText.line(why) + "; opening it again");
            pause.pause(Watch.PERIOD_MS);
        }
    }

    /** Takes the lines of one stream after the other, and remembers where it is. */
    private static final class Reader {
        private final Session session;
        private final EventLines lines;
        private @Nullable String cursor;

        Reader(Session session, EventLines lines) {
            this.session = session;
            this.lines = lines;
        }

        boolean take(EventView event) {
            cursor = event.cursor();
            if (event.type().equals(GAP)) {
                session.tell("events may be missing here: list again what you follow");
            }
            if (!event.type().equals(IDLE)) {
                lines.print(event);
            }
            return true;
        }
    }
}
