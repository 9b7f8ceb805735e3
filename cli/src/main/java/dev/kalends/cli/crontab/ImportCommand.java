package dev.kalends.cli.crontab;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.Json;
import dev.kalends.api.SubmitResult;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Confirmation;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.crontab.ImportRow.Outcome;
import dev.kalends.client.Flag;
import dev.kalends.client.RequestIds;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.schedule.ZoneText;
import dev.kalends.tui.text.SafeText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * {@code import crontab}: makes a job of each line of crontabs, after a look at what they would become.
 *
 * <p>Importing again makes only what is new; jobs whose line is gone are named, never ended.
 */
public final class ImportCommand implements Command {
    private static final Path PASSWD = Path.of("/etc/passwd");

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("import crontab FILE…|- [--tz Z] [--user-column] [--dry-run] [--yes]")
                .positionals("FILE", "0..*", "a crontab; - is stdin")
                .value("--tz", "Z", "zone of its times (default: this machine's), until CRON_TZ says otherwise")
                .toggle(
                        "--user-column",
                        "each line names its user, as in /etc/crontab (known there and in /etc/cron.d)")
                .toggle("--dry-run", "show what would become of each line, make nothing")
                .examples(
                        "crontab -l | kalends import crontab - --dry-run",
                        "kalends import crontab /etc/crontab /etc/cron.d/* --yes");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
        List<String> files = arguments.positionals();
        if (files.isEmpty()) {
            throw new ApiException(
                    ErrorCode.USAGE, "FILE is missing", "your own crontab: crontab -l | kalends import crontab -");
        }
        boolean dryRun = arguments.has("--dry-run");
        ImportPlan plan = plan(files, arguments, session);
        ImportReport report = new ImportReport(session);
        boolean people = session.rendering().forPeople();
        if (people) {
            report.preview(plan.rows());
        } else if (dryRun) {
            report.rows(plan.rows());
        }
        int count = plan.places().size();
        if (dryRun) {
            session.tell(count + (count == 1 ? " job" : " jobs") + " would be created; nothing changed");
        } else {
            List<ImportRow> made = count > 0 && new Confirmation(session).of(count, "job", "created", Flag.OFF)
                    ? made(plan, session)
                    : plan.rows();
            finish(made, report, session);
            return status(made);
        }
        return status(plan.rows());
    }

    private static ImportPlan plan(List<String> files, Arguments arguments, Session session) throws IOException {
        ZoneId zone = zone(arguments, session);
        CrontabReader.Column column =
                arguments.has("--user-column") ? CrontabReader.Column.USER : CrontabReader.Column.NO_USER;
        ImportPlan plan = new ImportPlan(session, Accounts.read(PASSWD));
        for (String file : files) {
            CrontabSource source = CrontabSource.read(file, column, session);
            Crontab crontab = CrontabReader.read(source.bytes(), source.column(), zone);
            ImportedBefore before = arguments.has("--dry-run")
                    ? ImportedBefore.orNothing(session, source.label())
                    : ImportedBefore.of(session.client(), source.label());
            plan.add(source, crontab, before);
        }
        return plan;
    }

    private static ZoneId zone(Arguments arguments, Session session) {
        Optional<String> name = arguments.text("--tz");
        try {
            return name.map(ZoneText::parse)
                    .orElseGet(() -> session.surroundings().clocks().zone());
        } catch (ScheduleFormatException e) {
            throw Arguments.usage("--tz: " + e.getMessage());
        }
    }

    /** Makes the new jobs; returns all rows as they are then. */
    private static List<ImportRow> made(ImportPlan plan, Session session) throws IOException {
        List<ImportRow> rows = new ArrayList<>(plan.rows());
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int place : plan.places()) {
            lines.writeBytes(Json.writeRequest(plan.request(place)));
            lines.write('\n');
        }
        Iterator<Integer> places = plan.places().iterator();
        session.client().submitBulk(RequestIds.next(), new ByteArrayInputStream(lines.toByteArray()), result -> {
            int place = places.next();
            rows.set(place, after(rows.get(place), result));
        });
        return rows;
    }

    private static ImportRow after(ImportRow row, SubmitResult result) {
        ErrorBody.Detail error = result.error();
        if (error != null) {
            return row.with(Outcome.REFUSED, Optional.empty(), Optional.of(error.code() + ": " + error.message()));
        }
        Outcome outcome = Boolean.TRUE.equals(result.created()) ? Outcome.CREATED : Outcome.UNCHANGED;
        return row.with(outcome, Optional.ofNullable(result.id()), Optional.empty());
    }

    private static void finish(List<ImportRow> rows, ImportReport report, Session session) {
        if (session.rendering().forPeople()) {
            report.block(
                    "refused:",
                    rows.stream()
                            .filter(row -> row.outcome() == Outcome.REFUSED)
                            .toList());
        } else {
            report.rows(rows);
        }
        long created = count(rows, Outcome.CREATED);
        long unchanged = count(rows, Outcome.UNCHANGED);
        session.surroundings().out().flush();
        session.tell(created + (created == 1 ? " job" : " jobs") + " created, " + unchanged + " unchanged");
        if (created > 0) {
            session.tell("cron still has these lines: take them out there, or everything runs twice");
            session.tell("see them: kalends ls 'cron/*'");
        }
    }

    private static long count(List<ImportRow> rows, Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).count();
    }

    private static int status(List<ImportRow> rows) {
        List<ImportRow> failed = rows.stream().filter(ImportRow::failed).toList();
        if (failed.isEmpty()) {
            return DONE;
        }
        long lines = rows.stream().filter(row -> row.line() > 0).count();
        ImportRow first = failed.getFirst();
        throw new ApiException(
                ErrorCode.PARTLY_FAILED,
                failed.size() + " of " + lines + " lines are not kept",
                "the first: " + ImportReport.place(first) + ": "
                        + SafeText.line(first.note().orElse("")));
    }
}
