package dev.kalends.cli.look;

import dev.kalends.api.EventView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.tui.text.SafeText;
import dev.kalends.tui.text.TextWidth;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Prints events one by one, each as soon as it is there: a line for people, fields in a pipe, JSON. */
final class EventLines {
    private static final int TIME_WIDTH = 8;
    private static final int TYPE_WIDTH = 15;
    /** Columns of what follows time and type: long enough for an error, short enough to read along. */
    private static final int REST_MAX = 300;

    private final Session session;
    private final Rendering to;

    EventLines(Session session) {
        this.session = session;
        this.to = session.rendering();
    }

    void print(EventView event) {
        if (to.quiet() || to.format() == Format.NAME) {
            String id = event.run() != null ? event.run() : event.jobId();
            if (id != null) {
                to.out().line(SafeText.field(id));
            }
        } else if (to.format().isJson()) {
            to.json(event);
        } else if (to.terminal().out()) {
            to.out().line(sentence(event));
        } else {
            to.out().line(fields(event));
        }
        to.out().flush();
    }

    private String sentence(EventView event) {
        String word = word(event.type());
        StringBuilder line = new StringBuilder();
        long atMs = Times.ofRfc3339(event.at());
        String at = atMs < 0 ? SafeText.line(event.at()) : Times.local(atMs, session.nowMs(), session.zone());
        line.append(at).repeat(' ', Math.max(0, TIME_WIDTH - TextWidth.of(at)));
        String type = SafeText.line(event.type());
        line.append("  ").append(to.paint(Paint.ofState(word), type));
        line.repeat(' ', Math.max(2, TYPE_WIDTH - TextWidth.of(type)));
        StringJoiner rest = new StringJoiner("  ");
        String subject = subject(event);
        if (subject != null) {
            rest.add(subject);
        }
        if (event.attempt() != null && event.attempt() > 1) {
            rest.add("attempt " + event.attempt());
        }
        if (event.skewMs() != null && event.type().equals("run.running")) {
            rest.add("skew " + event.skewMs() + "ms");
        }
        if (event.worker() != null && event.type().equals("run.running")) {
            rest.add("on " + event.worker());
        }
        if (event.detail() != null) {
            rest.add(event.detail());
        }
        return line.append(TextWidth.cut(SafeText.line(rest.toString()), REST_MAX))
                .toString()
                .stripTrailing();
    }

    private static @Nullable String subject(EventView event) {
        if (event.run() == null) {
            return event.jobName() != null ? event.jobName() : event.jobId();
        }
        int at = event.run().indexOf('@');
        return event.jobName() == null || at < 0
                ? event.run()
                : event.jobName() + event.run().substring(at);
    }

    private static String fields(EventView event) {
        StringJoiner line = new StringJoiner("\t");
        String[] fields = {
            event.at(),
            event.type(),
            event.jobId(),
            event.jobName(),
            event.run(),
            JobTexts.number(event.attempt()),
            JobTexts.number(event.skewMs()),
            event.worker(),
            event.detail(),
            event.tenant(),
            event.cursor(),
        };
        for (String field : fields) {
            line.add(field == null ? "" : SafeText.field(field));
        }
        return line.toString();
    }

    /** The state in a type such as {@code run.dead}. */
    private static String word(String type) {
        return type.substring(type.indexOf('.') + 1);
    }
}
