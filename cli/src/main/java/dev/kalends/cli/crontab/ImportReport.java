package dev.kalends.cli.crontab;

import dev.kalends.cli.command.Session;
import dev.kalends.cli.crontab.ImportRow.Outcome;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.tui.text.SafeText;
import java.util.List;

/** Prints what becomes of the lines of crontabs: a table for people, a row each for programs. */
final class ImportReport {
    private final Session session;
    private final Rendering to;

    ImportReport(Session session) {
        this.session = session;
        this.to = session.rendering();
    }

    /** For people only: the jobs in a table, then the lines that are not kept and the jobs whose line is gone. */
    void preview(List<ImportRow> rows) {
        List<ImportRow> jobs =
                rows.stream().filter(row -> row.schedule().isPresent()).toList();
        if (!jobs.isEmpty()) {
            listing().print(to, jobs, jobs);
        }
        block("not kept:", rows.stream().filter(ImportRow::failed).toList());
        for (ImportRow row : rows) {
            if (row.outcome() == Outcome.GONE) {
                String name = SafeText.line(row.name().orElse(""));
                to.out().line("no line says " + name + " any more; end it: kalends cancel " + name);
            }
        }
        to.out().flush();
    }

    /** Lines that are not kept, each with its number and why. */
    void block(String title, List<ImportRow> rows) {
        if (!rows.isEmpty()) {
            to.out().line(to.paint(Paint.CAUTION, title));
            for (ImportRow row : rows) {
                to.out()
                        .line("  "
                                + SafeText.line(place(row) + ": " + row.note().orElse("")));
            }
        }
    }

    /** For programs: all rows. */
    void rows(List<ImportRow> rows) {
        switch (to.format()) {
            case JSON ->
                to.json(new JsonObject()
                        .array("items", rows.stream().map(ImportRow::json).toList()));
            case NDJSON -> rows.forEach(row -> to.json(row.json()));
            case AUTO, WIDE, NAME -> listing().print(to, rows, rows);
        }
        to.out().flush();
    }

    /** What a message calls a line. */
    static String place(ImportRow row) {
        return row.file() + " line " + row.line();
    }

    private Listing<ImportRow> listing() {
        return new Listing<>(
                List.of(
                        new Column<>(
                                "LINE",
                                Column.Fit.NUMBER,
                                row -> Cell.of(Integer.toString(row.line())),
                                row -> row.line() > 0 ? Integer.toString(row.line()) : null),
                        new Column<>(
                                "OUTCOME",
                                Column.Fit.FIXED,
                                row -> new Cell(row.outcome().word().replace('_', ' '), paint(row)),
                                row -> row.outcome().word()),
                        Column.text("NAME", Column.Fit.CUT, row -> row.name().orElse(null)),
                        Column.text(
                                "SCHEDULE",
                                Column.Fit.CUT,
                                row -> row.schedule().orElse(null)),
                        Column.instant(
                                "NEXT", session.nowMs(), row -> row.nextAt().orElse(null)),
                        Column.text("FILE", Column.Fit.WIDE, ImportRow::file),
                        Column.text("ID", Column.Fit.WIDE, row -> row.id().orElse(null)),
                        Column.text("NOTE", Column.Fit.WIDE, row -> row.note().orElse(null))),
                row -> row.id().orElse(""),
                row -> row.name().orElse(null));
    }

    private static Paint paint(ImportRow row) {
        return switch (row.outcome()) {
            case NEW, CREATED -> Paint.GOOD;
            case UNCHANGED -> Paint.PLAIN;
            case NOT_KEPT, REFUSED, GONE -> Paint.CAUTION;
        };
    }
}
