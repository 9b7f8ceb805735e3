package dev.kalends.cli.submit;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.SubmitResult;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Rendering;
import dev.kalends.tui.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * {@code submit -f}: streams a file of jobs to the node, a result line for each, progress on a terminal's stderr.
 *
 * <p><b>Started again, nothing is made twice:</b> each chunk of at most 1,000 lines carries a request id that is a hash
 * of all lines up to its end ({@link ContentIds}), and the node keeps the answer to an id for 10 minutes. So a command
 * that died may be started again within that time, from a file or a pipe, also when lines were appended meanwhile: what
 * was accepted is answered again. Lines with a {@code name} or a {@code key} are safe for as long as their job lives;
 * {@code --key K} gives every other line the key {@code K:LINE}, and with it the same safety.
 *
 * <p>Memory is bounded by one chunk, however long the file is.
 */
final class BulkRun {
    private static final List<Column<SubmitResult>> COLUMNS = columns();

    private final Arguments arguments;
    private final Session session;
    private final Rendering to;
    private long lines;
    private long failed;
    private @Nullable SubmitResult firstFailure;

    BulkRun(Arguments arguments, Session session) {
        this.arguments = arguments;
        this.session = session;
        this.to = session.rendering();
    }

    /** Submits all lines; returns the exit status. */
    int run() throws IOException {
        String file = arguments.text("--file").orElseThrow();
        Optional<String> key = arguments.text("--key");
        try (InputStream source = open(file)) {
            long bytes = file.equals("-") ? 0 : Files.size(Path.of(file));
            CountedInput counted = new CountedInput(source);
            InputStream keyed = key.isPresent() ? new KeyedLines(counted, key.get()) : counted;
            Progress progress = new Progress(session, counted, bytes);
            String series = session.settings().target().tenant().orElse("") + "\n" + key.orElse("");
            try {
                session.client().submitBulk(new ContentIds(series), keyed, result -> {
                    progress.clearForLine();
                    accept(result);
                    progress.show(lines, failed);
                });
            } catch (ApiException e) {
                throw broken(e);
            } finally {
                progress.end();
            }
        }
        return finish();
    }

    private InputStream open(String file) {
        if (file.equals("-")) {
            return session.surroundings().streams().in();
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new ApiException(ErrorCode.USAGE, "the file cannot be read; file=" + file, "- reads from stdin");
        }
    }

    private void accept(SubmitResult result) {
        lines++;
        if (result.error() != null) {
            failed++;
            firstFailure = firstFailure == null ? result : firstFailure;
        }
        if (to.quiet()) {
            to.out().line(result.id() == null ? "" : result.id());
        } else if (to.format().isJson()) {
            to.json(result);
        } else {
            StringJoiner line = new StringJoiner("\t");
            for (Column<SubmitResult> column : COLUMNS) {
                String field = column.field().apply(result);
                line.add(field == null ? "" : SafeText.field(field));
            }
            to.out().line(line.toString());
        }
        warn(result);
    }

    private void warn(SubmitResult result) {
        if (result.warnings() != null && !to.format().isJson()) {
            result.warnings()
                    .forEach(text -> session.tell("warning: line " + result.line() + ": " + SafeText.line(text)));
        }
    }

    private int finish() {
        to.out().flush();
        if (failed == 0 || firstFailure == null) {
            session.tell(lines + (lines == 1 ? " line accepted" : " lines accepted"));
            return Command.DONE;
        }
        throw new ApiException(
                ErrorCode.PARTLY_FAILED,
                failed + " of " + lines + " lines failed",
                "the first: line " + firstFailure.line() + ": " + error(firstFailure));
    }

    /** What a bulk that stopped in the middle leaves to do. */
    private ApiException broken(ApiException e) {
        if (lines == 0) {
            return e;
        }
        String again = lines + " lines are answered; start it again within 10 minutes: nothing is made twice";
        return new ApiException(
                e.code(), e.message(), e.hint().map(hint -> hint + "\n" + again).orElse(again));
    }

    private static @Nullable String error(SubmitResult result) {
        ErrorBody.Detail error = result.error();
        return error == null ? null : error.code() + ": " + error.message();
    }

    private static List<Column<SubmitResult>> columns() {
        List<Column<SubmitResult>> columns = new ArrayList<>(SubmitReport.COLUMNS);
        columns.add(new Column<>("LINE", Column.Fit.NUMBER, r -> Cell.of(r.line()), r -> String.valueOf(r.line())));
        columns.add(Column.text("ERROR", Column.Fit.CUT, BulkRun::error));
        return List.copyOf(columns);
    }
}
