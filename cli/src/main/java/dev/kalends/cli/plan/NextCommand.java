package dev.kalends.cli.plan;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.JsonText;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.job.DstRule;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.NextFires;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.schedule.ZoneText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code next}: the fires to come of a cron expression, or of a job, and what clock changes do to them. */
public final class NextCommand implements Command {
    private static final int FIRES_DEFAULT = 5;

    /** One line of the answer. */
    private record Line(NextFires.Fire fire, ZoneId zone, long fromMs) {
        long inMs() {
            return fire.atMs() - fromMs;
        }

        String localRfc3339() {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    Instant.ofEpochMilli(fire.atMs()).atZone(zone));
        }

        JsonObject json() {
            return new JsonObject()
                    .text("at", InstantText.format(fire.atMs()))
                    .text("local", localRfc3339())
                    .number("inMs", inMs())
                    .text("note", fire.note().orElse(null));
        }
    }

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("next --cron E [--tz Z] [-n N] [--from T] [--explain]")
                .value("--cron", "E", "five fields, six with seconds first, or @hourly…")
                .value("--tz", "Z", "zone of the expression (default UTC)")
                .value("--dst", "RULE", "cron (default: as cronie does) or skip times that do not exist")
                .value("-n,--count", "N", "how many (default " + FIRES_DEFAULT + ")")
                .value("--from", "T", "first instant to look after (default now)")
                .toggle("--explain", "say what clock changes do")
                .examples("kalends next --cron '30 2 * * *' --tz America/New_York --explain");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        String cron = arguments.text("--cron").orElseThrow(() -> Arguments.usage("--cron E is missing"));
        int count =
                (int) arguments.wholeNumber("--count", 1, NextFires.FIRES_MAX).orElse(FIRES_DEFAULT);
        try {
            ZoneId zone = ZoneText.parse(arguments.text("--tz").orElse("UTC"));
            long fromMs = from(arguments.text("--from"), zone, session);
            // A fire at the instant that was named counts, one that is going on right now does not.
            long afterMs = arguments.has("--from") ? fromMs - 1 : fromMs;
            NextFires fires = NextFires.of(new Schedule.Cron(cron, zone, dst(arguments.text("--dst"))), 0);
            List<Line> lines = new ArrayList<>();
            for (NextFires.Fire fire : fires.after(afterMs, Window.OPEN, 0, count)) {
                lines.add(new Line(fire, zone, fromMs));
            }
            print(session, lines, arguments.has("--explain"));
            return DONE;
        } catch (ScheduleFormatException e) {
            throw new ApiException(ErrorCode.INVALID, String.valueOf(e.getMessage()), "examples: kalends next --help");
        }
    }

    private static long from(Optional<String> text, ZoneId zone, Session session) {
        return text.map(t -> InstantText.parse(t, zone, session.nowMs()).ms()).orElse(session.nowMs());
    }

    private static DstRule dst(Optional<String> word) {
        return switch (word.orElse("cron")) {
            case "cron" -> DstRule.CRON;
            case "skip" -> DstRule.SKIP;
            default -> throw Arguments.usage("--dst takes cron or skip; value=" + word.orElse(""));
        };
    }

    private static void print(Session session, List<Line> lines, boolean explain) {
        if (lines.isEmpty()) {
            session.tell("no fire comes any more");
        }
        List<Column<Line>> columns = new ArrayList<>();
        columns.add(new Column<>(
                "LOCAL",
                Column.Fit.FIXED,
                line -> Cell.of(InstantText.local(line.fire().atMs(), line.zone())),
                Line::localRfc3339));
        columns.add(new Column<>(
                "UTC",
                Column.Fit.FIXED,
                line -> Cell.of(InstantText.utc(line.fire().atMs())),
                line -> InstantText.format(line.fire().atMs())));
        columns.add(new Column<>(
                "IN",
                Column.Fit.FIXED,
                line -> Cell.of(DurationText.words(line.inMs())),
                line -> Long.toString(line.inMs())));
        columns.add(new Column<>(
                "NOTE",
                explain ? Column.Fit.FIXED : Column.Fit.WIDE,
                line -> new Cell(line.fire().note().orElse(""), Paint.CAUTION),
                line -> line.fire().note().orElse(null)));
        Listing<Line> listing =
                new Listing<>(columns, line -> InstantText.format(line.fire().atMs()), line -> null);
        switch (session.settings().manner().format()) {
            case JSON ->
                session.rendering()
                        .json(new JsonObject()
                                .text("asOf", InstantText.format(session.nowMs()))
                                .array("items", lines.stream().map(Line::json).toList())
                                .text("next", null));
            case NDJSON -> lines.forEach(line -> session.surroundings().out().line(JsonText.of(line.json())));
            case AUTO, WIDE, NAME -> listing.print(session.rendering(), lines, lines);
        }
    }
}
