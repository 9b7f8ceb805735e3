package dev.kalends.cli.submit;

import dev.kalends.api.EditView;
import dev.kalends.api.FireView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.tui.text.SafeText;
import dev.kalends.tui.text.TextWidth;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Says what an edit changed: each field before and after, and the fires to come. */
final class EditReport {
    private static final int VALUE_MAX = 200;

    private EditReport() {}

    static void print(Session session, EditView edit) {
        Rendering to = session.rendering();
        if (to.quiet()) {
            to.out().line(SafeText.field(edit.id()));
        } else if (to.format().isJson()) {
            to.json(edit);
        } else if (to.forPeople()) {
            sentences(session, edit);
        } else {
            edit.changed().forEach(change -> fields(to, change));
        }
        to.out().flush();
        edit.warnings().forEach(warning -> session.tell("warning: " + SafeText.line(warning)));
    }

    private static void fields(Rendering to, EditView.Changed change) {
        to.out().line(String.join("\t", SafeText.field(change.field()), field(change.before()), field(change.after())));
    }

    private static void sentences(Session session, EditView edit) {
        Rendering to = session.rendering();
        String name = SafeText.line(Optional.ofNullable(edit.name()).orElse(edit.id()));
        if (edit.changed().isEmpty()) {
            to.out().line("unchanged " + name + "  it is like that already");
            return;
        }
        String word = edit.dryRun() ? "would edit" : to.paint(Paint.GOOD, "edited");
        to.out().line(word + " " + name + "  generation " + edit.generation());
        int width = edit.changed().stream()
                .mapToInt(change -> change.field().length())
                .max()
                .orElse(0);
        for (EditView.Changed change : edit.changed()) {
            to.out()
                    .line("  " + change.field()
                            + " ".repeat(width - change.field().length() + 2) + shown(change.before()) + "  ->  "
                            + to.paint(Paint.STRONG, shown(change.after())));
        }
        to.out().line("  " + next(session, edit.next()));
        if (edit.dryRun()) {
            to.out().line("  Nothing changed. Run it again without --dry-run.");
        }
    }

    private static String next(Session session, List<FireView> fires) {
        if (fires.isEmpty()) {
            return "no fire is to come by itself";
        }
        StringJoiner line = new StringJoiner(", ", "next ", "");
        long nowMs = session.nowMs();
        for (FireView fire : fires) {
            long atMs = Times.ofRfc3339(fire.at());
            String relative = line.length() == "next ".length() ? " (" + Times.relative(atMs, nowMs) + ")" : "";
            line.add(Times.brief(atMs, nowMs, zone(fire).orElse(session.zone())) + relative);
        }
        return line.toString();
    }

    /** The offset that the schedule's zone has at a fire. */
    private static Optional<ZoneId> zone(FireView fire) {
        try {
            return Optional.of(OffsetDateTime.parse(fire.local()).getOffset());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String field(@Nullable String text) {
        return text == null ? "" : SafeText.field(text);
    }

    private static String shown(@Nullable String text) {
        return text == null ? "(not set)" : TextWidth.cut(SafeText.line(text), VALUE_MAX);
    }
}
