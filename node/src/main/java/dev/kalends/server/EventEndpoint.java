package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.EventView;
import dev.kalends.api.Json;
import dev.kalends.job.JobId;
import dev.kalends.runtime.EventRing;
import dev.kalends.schedule.InstantText;
import dev.kalends.server.JobFinder.Use;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers {@code GET /v1/events}: a line an event, from a cursor on, as long as somebody reads.
 *
 * <p>A stream holds nothing but its cursor and one slice of events: a slow reader loses events that the ring has
 * overwritten, and is told so by a {@code stream.gap} line. With nothing to say for a while it says
 * {@code stream.idle}, so that both sides learn of a dead connection.
 */
final class EventEndpoint {
    /** Longest silence of a stream, in milliseconds. */
    static final long IDLE_MS = 10_000;

    private static final int SLICE = 256;
    private static final int STREAMS_MAX = 256;

    private final Services services;
    private final FarEvents far;
    private final AtomicInteger streams = new AtomicInteger();

    EventEndpoint(Services services, FarEvents far) {
        this.services = services;
        this.far = far;
    }

    private enum End {
        WHEN_READ,
        NEVER
    }

    Answer stream(Request request) throws InterruptedException {
        Query query = request.query();
        query.allow(Set.of("from", "job", "follow"));
        Scope scope = request.scope();
        if (streams.get() >= STREAMS_MAX) {
            throw new ApiException(
                    ErrorCode.UNAVAILABLE,
                    "too many event streams; streamsMax=" + STREAMS_MAX,
                    "close one, or try again in a moment",
                    1_000);
        }
        JobFinder finder = new JobFinder(services.partitions());
        Optional<JobId> job =
                query.one("job").map(text -> finder.find(text, scope, Use.LOOK).id());
        End end = query.flag("follow") ? End.NEVER : End.WHEN_READ;
        if (end == End.NEVER) {
            far.listened();
            far.awaitBegun();
        }
        long absent = end == End.NEVER ? services.events().end() : 0;
        long from = query.number("from", absent, 0, Long.MAX_VALUE);
        return new Answer.Stream(Answer.NDJSON, out -> counted(out, new EventViews(services, scope, job), from, end));
    }

    private void counted(OutputStream out, EventViews views, long from, End end)
            throws IOException, InterruptedException {
        streams.incrementAndGet();
        try {
            write(out, views, from, end);
        } finally {
            streams.decrementAndGet();
        }
    }

    private void write(OutputStream out, EventViews views, long from, End end)
            throws IOException, InterruptedException {
        long cursor = from;
        if (end == End.WHEN_READ && !far.partitions().isEmpty()) {
            line(out, notice(EventRing.GAP, cursor, "other nodes keep the events of partitions " + far.partitions()));
        }
        out.flush();
        while (true) {
            if (end == End.NEVER) {
                far.listened();
            }
            long stop = services.events().end();
            EventRing.Slice slice = services.events().read(cursor, SLICE, end == End.NEVER ? IDLE_MS : 0);
            // A reader that begins without a cursor asks for what is kept, so it missed nothing.
            if (slice.gap() && cursor > 0) {
                line(out, notice(EventRing.GAP, slice.from(), "events before this cursor are lost: list again"));
            }
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            long at = slice.from();
            for (var event : slice.events()) {
                at++;
                Optional<EventView> view = views.of(event, at);
                if (view.isPresent()) {
                    lines.writeBytes(Json.writeAnswer(view.get()));
                    lines.write('\n');
                }
            }
            lines.writeTo(out);
            if (slice.events().isEmpty() && end == End.NEVER) {
                line(out, notice("stream.idle", slice.next(), null));
            }
            out.flush();
            cursor = slice.next();
            if (end == End.WHEN_READ && cursor >= stop) {
                return;
            }
        }
    }

    private EventView notice(String type, long cursor, @org.jspecify.annotations.Nullable String detail) {
        return new EventView(
                Long.toString(cursor),
                InstantText.format(services.clocks().nowMs()),
                type,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                detail);
    }

    private static void line(OutputStream out, Object view) throws IOException {
        out.write(Json.writeAnswer(view));
        out.write('\n');
        out.flush();
    }
}
