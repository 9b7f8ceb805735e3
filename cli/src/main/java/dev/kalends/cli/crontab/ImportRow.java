package dev.kalends.cli.crontab;

import dev.kalends.cli.output.JsonObject;
import java.util.Optional;

/**
 * What becomes, or became, of one line.
 *
 * @param line its number; 0 for a job whose line is gone
 */
record ImportRow(
        String file,
        int line,
        Outcome outcome,
        Optional<String> name,
        Optional<String> id,
        Optional<String> schedule,
        Optional<String> nextAt,
        Optional<String> note) {

    /** What becomes of a line. */
    enum Outcome {
        /** There is no job of it yet. */
        NEW,
        CREATED,
        /** Its job is there already. */
        UNCHANGED,
        /** It cannot be a job. */
        NOT_KEPT,
        /** The node refused it. */
        REFUSED,
        /** An earlier import made the job, and no line says it any more. */
        GONE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static ImportRow unkept(String file, Unkept line) {
        return new ImportRow(
                file,
                line.line(),
                Outcome.NOT_KEPT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(line.why()));
    }

    ImportRow with(Outcome became, Optional<String> itsId, Optional<String> why) {
        return new ImportRow(file, line, became, name, itsId, schedule, nextAt, why);
    }

    /** Whether the line is lost to whoever reads only the exit status. */
    boolean failed() {
        return outcome == Outcome.NOT_KEPT || outcome == Outcome.REFUSED;
    }

    JsonObject json() {
        JsonObject json = new JsonObject().text("file", file);
        return (line > 0 ? json.number("line", line) : json.text("line", null))
                .text("outcome", outcome.word())
                .text("name", name.orElse(null))
                .text("id", id.orElse(null))
                .text("schedule", schedule.orElse(null))
                .text("nextFireAt", nextAt.orElse(null))
                .text("note", note.orElse(null));
    }
}
