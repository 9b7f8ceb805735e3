package dev.kalends.cli.submit;

import dev.kalends.api.JobRequest;
import dev.kalends.api.SubmitResult;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.follow.RunFollower;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.tui.text.SafeText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a submit made: for people with the next fires and what to type next, else as fields or JSON. */
final class SubmitReport {
    /** The fields of a single submit; a bulk appends its line and its error. */
    static final List<Column<SubmitResult>> COLUMNS = List.of(
            Column.text("ID", Column.Fit.FIXED, SubmitResult::id),
            Column.text("NAME", Column.Fit.CUT, SubmitResult::name),
            Column.text("NEXT", Column.Fit.FIXED, SubmitResult::nextFireAt),
            new Column<>("CREATED", Column.Fit.FIXED, r -> Cell.of(created(r)), SubmitReport::created));

    private static final Listing<SubmitResult> FIELDS =
            new Listing<>(COLUMNS, result -> String.valueOf(result.id()), SubmitResult::name);

    private SubmitReport() {}

    /** After a submit. With {@code --follow} stdout belongs to the run's output. */
    static void made(Session session, JobRequest request, SubmitResult result, RunFollower.Mode mode) {
        warn(session, result);
        Rendering to = session.rendering();
        boolean follow = mode == RunFollower.Mode.FOLLOW;
        if (follow) {
            if (!to.quiet()) {
                sentences(session, session.surroundings().err(), request, result);
                session.surroundings().err().flush();
            }
        } else if (to.forPeople()) {
            sentences(session, to.out(), request, result);
            if (mode == RunFollower.Mode.RETURN) {
                to.out().line("  follow: kalends logs -f " + display(result));
            }
            to.out().flush();
        } else {
            fields(to, result);
        }
    }

    /** After {@code --dry-run}. */
    static void planned(Session session, JobRequest request, SubmitResult result) {
        warn(session, result);
        Rendering to = session.rendering();
        if (!to.forPeople()) {
            fields(to, result);
            return;
        }
        to.out()
                .line("would create "
                        + Optional.ofNullable(result.name()).map(SafeText::line).orElse("a job"));
        ScheduleLine.of(request, result, session).ifPresent(line -> to.out().line("  " + line));
        to.out().line("  Nothing changed. Run it again without --dry-run.");
    }

    private static void fields(Rendering to, SubmitResult result) {
        if (to.format().isJson()) {
            to.json(result);
        } else {
            FIELDS.print(to, result, List.of(result));
        }
        to.out().flush();
    }

    private static void sentences(Session session, Printer out, JobRequest request, SubmitResult result) {
        Rendering to = session.rendering();
        boolean created = Boolean.TRUE.equals(result.created());
        String word = created ? to.paint(Paint.GOOD, "created") : "unchanged";
        String name = result.name() == null ? "" : SafeText.line(result.name()) + "  ";
        out.line(word + " " + name + result.id() + (created ? "" : "  (made before by the same key or request)"));
        ScheduleLine.of(request, result, session).ifPresent(line -> out.line("  " + line));
    }

    private static void warn(Session session, SubmitResult result) {
        if (result.warnings() != null) {
            result.warnings().forEach(warning -> session.tell("warning: " + SafeText.line(warning)));
        }
    }

    private static String display(SubmitResult result) {
        return result.name() == null ? String.valueOf(result.id()) : SafeText.line(result.name());
    }

    private static @Nullable String created(SubmitResult result) {
        return result.created() == null ? null : result.created().toString();
    }
}
